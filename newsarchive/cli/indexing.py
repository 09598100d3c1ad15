"""import and reindex: the commands that fill the archive from files and make its index anew."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TextIO

import click

from newsarchive.archive import Archive
from newsarchive.cli.options import archive_option, make_folder_of
from newsarchive.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command("import")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="What the file is: a JSON object a line.",
)
@archive_option
def import_command(*, file: TextIO, form: str, db: Path) -> None:
    """Store the records of a file, as `show --json` and `list --nl` print them; url and body are required.

    What is there already is left as it is, so an import that was interrupted can be run again.
    """
    del form  # one so far
    make_folder_of(db)
    with Archive(db) as archive:
        try:
            counts = archive.import_records(_records(file))
        except ValueError as e:
            raise ParseError(file.name, f"{e}; the records before its batch are stored") from e
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))


@click.command("reindex")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing while it runs.")
@archive_option
def reindex_command(*, quiet: bool, db: Path) -> None:
    """Make the search index anew, with the archive's own words and your word lists; the old one serves until then.

    Your lists lie beside the configuration file: plurals.tsv, irregular.tsv, ambiguous.tsv, aliases.tsv, stopwords.txt.
    """
    from newsarchive.configuration import default_path

    def progress(done: int, total: int) -> None:
        if not quiet and sys.stderr.isatty():
            click.echo(f"\r{done:,} of {total:,}", nl=False, err=True)

    with Archive(db, create=False) as archive:
        texts = archive.reindex(default_path().parent, progress)
    if not quiet:
        click.echo(f"indexed  texts: {texts:,}")


def _records(file: TextIO) -> Iterator[dict[str, object]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as e:
            raise ValueError(f"line {number}: not JSON: {e}") from e
        if not isinstance(record, dict):
            raise ValueError(f"line {number}: not a JSON object")  # wrong data, not a wrong type
        yield record
