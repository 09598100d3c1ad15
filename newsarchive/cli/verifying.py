"""verify: the command that says whether an archive is still what was stored."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from newsarchive.archive import Archive
from newsarchive.cli.options import archive_option, output_options
from newsarchive.cli.output import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from newsarchive.archive.verifying import Flaw
    from newsarchive.cli.output import Output, Row

_REDRAW_EVERY = 0.2  # seconds
_DAMAGED = 5


@click.command("verify")
@click.option("--quick", is_flag=True, help="Leave out what must read every byte.")
@output_options
@archive_option
@click.pass_context
def verify_command(context: click.Context, *, quick: bool, output: Output, db: Path) -> None:
    """Check that all that is stored is there and unchanged.

    Looked at are the file's pages, tables and indexes, the stored bytes of every page against their digest, the text of
    every version, the page that each was read from, and the search index. Nothing is changed. Each thing that is wrong
    is a line, and the exit code is then 5; docs/recovery.md tells the way back.
    """
    with Archive(db, readonly=True) as archive, _Counter() as counter:
        found = counter.counted(archive.verify(quick=quick, progress=counter.progress))
        output.write(map(asdict, found), _line)
        if not counter.flaws:
            counts = archive.counts()
            looked_at = ", ".join(f"{counts[table]:,} {table}" for table in ("articles", "versions", "captures"))
            click.echo(f"sound: {looked_at}{', at a quick look' if quick else ''}", err=True)
    if counter.flaws:
        click.echo(f"newsarchive: {clean(str(db))}: {counter.flaws} found; docs/recovery.md tells what to do", err=True)
        context.exit(_DAMAGED)


class _Counter:
    """Counts what is found, and on a terminal draws how far the work is; use as a context manager."""

    def __init__(self) -> None:
        self.flaws = 0
        self._drawn = float("-inf")

    def __enter__(self) -> _Counter:
        return self

    def __exit__(self, *_: object) -> None:
        self._wipe()

    def counted(self, flaws: Iterable[Flaw]) -> Iterator[Flaw]:
        for flaw in flaws:
            self.flaws += 1
            self._wipe()
            yield flaw

    def progress(self, what: str, done: int, last: int) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._drawn >= _REDRAW_EVERY:
            self._drawn = now
            click.echo(f"\r\x1b[K{what}: {done:,} of {last:,}", nl=False, err=True)

    def _wipe(self) -> None:
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)


def _line(row: Row) -> str:
    return f"{row['part']:<10} {clean(row['place'])}  {clean(row['reason'])}"
