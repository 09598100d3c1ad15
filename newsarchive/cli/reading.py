"""search, show and list: the commands that read the archive."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from newsarchive.archive import Archive
from newsarchive.cli.article_page import written_page
from newsarchive.cli.options import archive_option, output_options
from newsarchive.cli.output import clean, marked
from newsarchive.records import to_record

if TYPE_CHECKING:
    from pathlib import Path

    from newsarchive.cli.output import Output, Row
    from newsarchive.models import StoredArticle

_MINUS = "\ue000"  # a private-use letter that stands for a word's first "-" while click looks for options


class _WordsCommand(click.Command):
    """A command whose words may begin with `-`: all that is no option of it is a word."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        options = {name for parameter in self.params for name in (*parameter.opts, *parameter.secondary_opts)}
        options.update(context.help_option_names)
        return super().parse_args(context, [self._escaped(argument, options) for argument in args])

    def _escaped(self, argument: str, options: set[str]) -> str:
        is_word = argument.startswith("-") and len(argument) > 1 and argument.partition("=")[0] not in options
        return _MINUS + argument[1:] if is_word and not argument.startswith("--") else argument


@click.command("search", cls=_WordsCommand)
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="How many at the most.")
@click.option("--offset", default=0, type=click.IntRange(min=0), help="How many of the best to pass over.")
@output_options
@archive_option
def search_command(*, words: tuple[str, ...], limit: int, offset: int, output: Output, db: Path) -> None:
    """Find articles, best first, however the words are spelled or inflected."""
    query = " ".join(words).replace(_MINUS, "-")
    with Archive(db, readonly=True) as archive:
        hits = archive.search(query, limit=limit, offset=offset)
        output.write(map(asdict, hits), _hit)
        if not hits:
            click.echo(_nothing_found(query, archive), err=True)


@click.command("show")
@click.argument("wanted", metavar="ID|URL")
@click.option("--raw", is_flag=True, help="Write the bytes of the page as they were served.")
@click.option("--open", "in_browser", is_flag=True, help="Open the text in a browser; nothing of the page runs there.")
@output_options
@archive_option
def show_command(*, wanted: str, raw: bool, in_browser: bool, output: Output, db: Path) -> None:
    """Show an article."""
    with Archive(db, readonly=True) as archive:
        if raw:
            sys.stdout.buffer.write(archive.raw(wanted))
            return
        stored = archive.article(wanted)
    if in_browser:
        click.launch(written_page(stored).as_uri())
    else:
        output.write_one(_record(stored), _article(stored))


@click.command("list")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(min=0), help="How many at the most; 0 is all."
)
@click.option("--offset", default=0, type=click.IntRange(min=0), help="How many to pass over.")
@output_options
@archive_option
def list_command(*, limit: int, offset: int, output: Output, db: Path) -> None:
    """List articles, last captured first."""
    with Archive(db, readonly=True) as archive:
        output.write((_record(stored) for stored in archive.articles(limit=limit or -1, offset=offset)), _entry)
        if not archive.counts()["articles"]:
            click.echo(_empty(archive), err=True)


def _nothing_found(query: str, archive: Archive) -> str:
    if not archive.counts()["articles"]:
        return _empty(archive)
    return f"nothing found for {clean(query)}"


def _empty(archive: Archive) -> str:
    return f"{archive.path}: no articles yet; `newsarchive fetch URL` adds one"


def _record(stored: StoredArticle) -> Row:
    return {
        "id": stored.id,
        **to_record(stored.article),
        "first_captured_at": stored.first_captured_at,
        "last_captured_at": stored.last_captured_at,
        "versions": stored.versions,
        "captures": stored.captures,
    }


def _hit(row: Row) -> str:
    return f"{_entry(row)}\n        {marked(row['snippet'], row['marks'])}\n"


def _entry(row: Row) -> str:
    about = " · ".join(clean(part) for part in (row["outlet"], row["source"], row["published_at"]) if part)
    lines = (clean(row["headline"] or "(no headline)"), about, clean(row["url"]))
    return f"{row['id']:>6}  " + "\n        ".join(line for line in lines if line)


def _article(stored: StoredArticle) -> str:
    article = stored.article
    facts = {
        "outlet": article.outlet,
        "source": article.source,
        "authors": "، ".join(article.authors),
        "published": article.published_at and article.published_at.value,
        "modified": article.modified_at and article.modified_at.value,
        "section": article.section,
        "tags": "، ".join(article.tags),
        "address": article.url,
        "captured": f"{stored.last_captured_at} (captures: {stored.captures}, versions: {stored.versions})",
    }
    lines = [clean(article.headline or "(no headline)")]
    lines += [clean(article.subtitle)] if article.subtitle else []
    lines += [f"{name:<10} {clean(value)}" for name, value in facts.items() if value]
    lines += [f"\n{clean(paragraph.text)}" for paragraph in article.body]
    related = [link for link in article.related if link.kind != "tag"]
    lines += ["\nrelated"] if related else []
    lines += [f"  {clean(link.text)}\n    {clean(link.url)}" for link in related]
    return "\n".join(lines)
