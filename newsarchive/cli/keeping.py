"""forget and doctor: the commands that look after the archive."""

from __future__ import annotations

import os
import platform
import shutil
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

import newsarchive
from newsarchive.archive import SQLITE_VERSION, Archive
from newsarchive.cli.options import archive_option, output_options
from newsarchive.cli.output import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsarchive.cli.output import Output, Row

_LIBRARIES = ("requests", "urllib3", "lxml", "beautifulsoup4", "sqlite-utils", "zstandard", "click")


@click.command("forget")
@click.argument("wanted", metavar="ID|URL")
@click.option("--reason", help="Why; kept with the tombstone.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@archive_option
def forget_command(*, wanted: str, reason: str | None, yes: bool, db: Path) -> None:
    """Take an article and its captures out of the archive for good.

    A tombstone stays: the address, the digests of the bytes, the time and the reason.
    """
    with Archive(db, create=False) as archive:
        if not yes and not click.confirm(f"Forget {clean(wanted)} and all its captures for good?", err=True):
            click.echo("nothing was forgotten", err=True)
            return
        count = archive.forget(wanted, reason=reason)
    click.echo(f"forgotten  {clean(wanted)}  captures: {count}")


@click.command("doctor")
@output_options
@archive_option
@click.pass_context
def doctor_command(context: click.Context, *, output: Output, db: Path) -> None:
    """Say where everything lies, in which versions, and whether it is sound."""
    facts = dict(_facts(db))
    output.write(({"what": what, "value": value} for what, value in facts.items()), _fact)
    if facts.get("damage"):
        context.exit(5)


def _facts(db: Path) -> Iterator[tuple[str, str]]:
    yield "newsarchive", newsarchive.__version__
    yield "python", platform.python_version()
    yield "sqlite", SQLITE_VERSION
    for library in _LIBRARIES:
        yield library, version(library)
    yield "archive", str(db)
    if not db.exists():
        yield "state", "no archive yet; `newsarchive fetch URL` begins one"
        return
    yield "archive bytes", f"{db.stat().st_size:,}"
    yield "free bytes", f"{shutil.disk_usage(db.parent).free:,}"
    yield (
        "writable",
        "yes" if os.access(db, os.W_OK) and os.access(db.parent, os.W_OK) else "no: it can only be read",
    )
    with Archive(db, readonly=True) as archive:
        yield "journal mode", archive.journal_mode()
        yield from ((table, f"{count:,}") for table, count in archive.counts().items())
        damage = archive.damage()
        yield ("damage", damage) if damage else ("quick check", "ok")


def _fact(row: Row) -> str:
    return f"{row['what']:<16} {clean(row['value'])}"
