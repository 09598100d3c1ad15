"""versions, diff and changes: the commands that show what became of articles after they were published."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from newsarchive.arabic import tokens
from newsarchive.archive import Archive
from newsarchive.cli.difference_text import difference_text
from newsarchive.cli.options import Since, SiteHost, archive_option, output_options
from newsarchive.cli.output import clean
from newsarchive.differences import Piece, differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from newsarchive.archive.history import Change, History, Version
    from newsarchive.cli.output import Output, Row
    from newsarchive.differences import Difference

_COSMETIC_OPTION = click.option(
    "--cosmetic", is_flag=True, help="Show also where only spelling, marks, punctuation or spacing differ."
)


@click.command("versions")
@click.argument("wanted", metavar="ID|URL")
@output_options
@archive_option
def versions_command(*, wanted: str, output: Output, db: Path) -> None:
    """List the versions of an article, oldest first, each with what it changed.

    A version is made where the folded headline, subtitle, source or body of a page differs from the one before. The
    first number is for `diff`; the number of the version in the archive, for citing, stands in brackets.
    """
    with Archive(db, readonly=True) as archive:
        found = archive.history(wanted)
    output.write(_version_rows(found), _version_text)
    _say_gone(found)


@click.command("diff")
@click.argument("wanted", metavar="ID|URL")
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1), metavar="[A [B]]")
@_COSMETIC_OPTION
@output_options
@archive_option
def diff_command(*, wanted: str, numbers: tuple[int, ...], cosmetic: bool, output: Output, db: Path) -> None:
    """Show word by word how two versions of an article differ: headline, lead, body, date and source apart.

    A and B are numbers that `versions` lists. Without them the newest version is compared with the one before; with A
    alone, version A with the newest. What was removed and added is coloured on a terminal, elsewhere it stands in
    [-…-] and {+…+}; long runs without a change are cut short. --json has all of the text, in pieces.
    """
    with Archive(db, readonly=True) as archive:
        found = archive.history(wanted)
    if len(found.versions) == 1 and not numbers:
        output.write([], _difference_text)
        click.echo(f"{clean(found.url)}: one version only, there is nothing to compare", err=True)
        return
    older, newer = _chosen(found, numbers)
    every = differences(older.article, newer.article)
    shown = [difference for difference in every if cosmetic or difference.substantive]
    output.write([_difference_row(found, older, newer, difference) for difference in shown], _difference_text)
    _say_compared(older, newer, every, shown)


@click.command("changes")
@click.option(
    "--since",
    type=Since(),
    default="7d",
    show_default=True,
    help="From then on: a duration (12h, 7d, 3w), a date or a time (2024-03-01, in UTC).",
)
@click.option("--headline", "of_headline", is_flag=True, help="Only edits of headlines.")
@click.option("--site", type=SiteHost(), help="Only articles of this host.")
@_COSMETIC_OPTION
@output_options
@archive_option
def changes_command(
    *, since: datetime, of_headline: bool, site: str | None, cosmetic: bool, output: Output, db: Path
) -> None:
    """List edits made after publication, and removals, newest first.

    An edit is every version of an article after its first one, whether the page owns to it or not: `modified_at` has
    the time of the change that the page states anew, and nothing where the edit is silent. Where the parser was
    another one than before, that is said: then it may be the reading that changed.
    """
    counts: Counter[str] = Counter()
    with Archive(db, readonly=True) as archive:
        rows = (_change_row(change) for change in archive.changes(since=since, site=site))
        wanted = (row for row in rows if _is_wanted(row, of_headline=of_headline, cosmetic=cosmetic))
        output.write(_counted(wanted, counts), _change_text)
    told = f"{counts['edited']} edited, {counts['removed']} removed"
    click.echo(f"{told} since {since:%Y-%m-%d %H:%M} UTC", err=True)


def _version_rows(found: History) -> Iterator[Row]:
    before: Version | None = None
    for version in found.versions:
        changed = differences(before.article, version.article) if before else []
        yield {
            "number": version.number,
            "version_id": version.id,
            "captured_at": version.captured_at,
            "published_at": _published(version),
            "words": sum(len(tokens(paragraph.text)) for paragraph in version.article.body),
            "changed": [difference.field for difference in changed if difference.substantive],
            "cosmetic": [difference.field for difference in changed if not difference.substantive],
            "parser_version": version.parser_version,
        }
        before = version


def _version_text(row: Row) -> str:
    lines = [f"{row['number']:>4}  {row['captured_at']}  {row['words']:,} words  (version {row['version_id']})"]
    lines += [f"      published {clean(row['published_at'])}"] if row["published_at"] else []
    lines += [f"      changed: {', '.join(row['changed'])}"] if row["changed"] else []
    lines += [f"      cosmetic: {', '.join(row['cosmetic'])}"] if row["cosmetic"] else []
    return "\n".join(lines)


def _published(version: Version) -> str | None:
    return version.article.published_at.value if version.article.published_at else None


def _say_gone(found: History) -> None:
    if found.gone_at is not None:
        click.echo(f"gone since {found.gone_at}: {clean(found.gone_reason or 'no reason known')}", err=True)


def _chosen(found: History, numbers: Sequence[int]) -> tuple[Version, Version]:
    """The versions that numbers mean; where they are left out, the newest and the one before."""
    last = len(found.versions)
    if len(numbers) > 2:
        raise click.UsageError("two versions can be compared, not more")
    if wrong := [number for number in numbers if number > last]:
        raise click.UsageError(f"there is no version {wrong[0]}; the article has {last}, see `newsarchive versions`")
    first, second = (*numbers, *(last - 1, last)[len(numbers) :])
    return found.versions[first - 1], found.versions[second - 1]


def _difference_row(found: History, older: Version, newer: Version, difference: Difference) -> Row:
    return {
        "id": found.article_id,
        "url": found.url,
        "older": older.number,
        "newer": newer.number,
        "field": difference.field,
        "substantive": difference.substantive,
        "pieces": [{"kind": piece.kind, "text": piece.text} for piece in difference.pieces],
    }


def _difference_text(row: Row) -> str:
    kind = "" if row["substantive"] else " (cosmetic)"
    return f"{row['field']}{kind}\n  {difference_text(Piece(**piece) for piece in row['pieces'])}"


def _say_compared(older: Version, newer: Version, every: Sequence[Difference], shown: Sequence[Difference]) -> None:
    """Say in one line each what was compared, and what of it was not shown."""
    between = f"{older.number} ({older.captured_at}) and {newer.number} ({newer.captured_at})"
    reading = "" if older.parser_version == newer.parser_version else ", read by different parsers"
    click.echo(f"versions {between}{reading}", err=True)
    hidden = ", ".join(difference.field for difference in every if difference not in shown)
    if not every:
        click.echo("they are the same in all that is compared", err=True)
    elif hidden:
        only = "also" if shown else "only"
        click.echo(f"there are {only} cosmetic differences: {hidden}; --cosmetic shows them", err=True)


def _change_row(change: Change) -> Row:
    older, newer = change.older, change.newer
    found = differences(older.article, newer.article) if older else []
    return {
        "kind": change.kind,
        "at": change.at,
        "id": change.article_id,
        "url": change.url,
        "outlet": newer.article.outlet,
        "headline": newer.article.headline,
        "headline_before": older.article.headline if older else None,
        "changed": [difference.field for difference in found if difference.substantive],
        "cosmetic": [difference.field for difference in found if not difference.substantive],
        "older": older.number if older else None,
        "newer": newer.number,
        "modified_at": _stated_anew(older, newer) if older else None,
        "same_parser": older.parser_version == newer.parser_version if older else None,
        "reason": change.reason,
        "pieces": [
            {"kind": piece.kind, "text": piece.text}
            for difference in found
            if difference.field == "headline"
            for piece in difference.pieces
        ],
    }


def _stated_anew(older: Version, newer: Version) -> str | None:
    """The time of its last change that the page states, if it stated another one, or none, before."""
    modified = newer.article.modified_at
    return modified.value if modified and modified != older.article.modified_at else None


def _is_wanted(row: Row, *, of_headline: bool, cosmetic: bool) -> bool:
    if row["kind"] == "removed":
        return not of_headline
    fields = row["changed"] + (row["cosmetic"] if cosmetic else [])
    return "headline" in fields if of_headline else bool(fields)


def _counted(rows: Iterable[Row], counts: Counter[str]) -> Iterator[Row]:
    for row in rows:
        counts[row["kind"]] += 1
        yield row


def _change_text(row: Row) -> str:
    is_edit = row["kind"] == "edited"
    headline = clean(row["headline"] or "(no headline)")
    lines = [
        f"{row['id']:>6}  {row['kind']}  {row['at']}",
        difference_text(Piece(**piece) for piece in row["pieces"]) if row["pieces"] else headline,
        clean(row["url"]),
    ]
    if is_edit:
        silent = f"the page says: {clean(row['modified_at'])}" if row["modified_at"] else "silent"
        lines.append(f"{', '.join(row['changed'] or row['cosmetic'])}  ({row['older']} -> {row['newer']}, {silent})")
    else:
        lines.append(clean(row["reason"] or "no reason known"))
    if row["same_parser"] is False:
        lines.append("read by another parser than before")
    return "\n        ".join(lines)
