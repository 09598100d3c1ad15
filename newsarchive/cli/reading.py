"""show and list: the commands that read articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from newsarchive import urls
from newsarchive.archive import Archive
from newsarchive.cli.options import archive_option, output_options
from newsarchive.cli.output import clean
from newsarchive.records import to_record

if TYPE_CHECKING:
    from pathlib import Path

    from newsarchive.cli.output import Output, Row
    from newsarchive.models import StoredArticle


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
        from newsarchive.cli.article_page import written_page

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
        output.write((_record(stored) for stored in archive.articles(limit=limit or -1, offset=offset)), entry_text)
        if not archive.counts()["articles"]:
            click.echo(empty_text(archive), err=True)


def empty_text(archive: Archive) -> str:
    """Return what is said of an archive that holds no article."""
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


def entry_text(row: Row) -> str:
    """Return an article of a list for people."""
    about = " · ".join(clean(part) for part in (row["outlet"], row["source"], row["published_at"]) if part)
    lines = (clean(row["headline"] or "(no headline)"), about, clean(urls.display(row["url"])))
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
        "address": urls.display(article.url),
        "captured": f"{stored.last_captured_at} (captures: {stored.captures}, versions: {stored.versions})",
    }
    lines = [clean(article.headline or "(no headline)")]
    lines += [clean(article.subtitle)] if article.subtitle else []
    lines += [f"{name:<10} {clean(value)}" for name, value in facts.items() if value]
    lines += [f"\n{clean(paragraph.text)}" for paragraph in article.body]
    related = [link for link in article.related if link.kind != "tag"]
    lines += ["\nrelated"] if related else []
    lines += [f"  {clean(link.text)}\n    {clean(urls.display(link.url))}" for link in related]
    return "\n".join(lines)
