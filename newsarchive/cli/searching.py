"""search: find articles, count them, and say what they have in common."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from newsarchive.archive import Archive
from newsarchive.cli.options import archive_option, output_options
from newsarchive.cli.output import clean, marked
from newsarchive.cli.reading import empty_text, entry_text
from newsarchive.search import FILTERS

if TYPE_CHECKING:
    from pathlib import Path

    from newsarchive.archive.searching import Facet, Search, Sort
    from newsarchive.cli.output import Output, Row

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
@click.option(
    "--sort",
    default="relevance",
    show_default=True,
    type=click.Choice(["relevance", "date"]),
    help="Best or newest first.",
)
@click.option("--since", "--after", "after", help="Published from then on: a date, also in Arabic, or 12h, 7d, 3w.")
@click.option("--before", help="Published before then.")
@click.option("--as-of", help="Search what the articles said on that date.")
@click.option("--in-headline", is_flag=True, help="Look in headlines only.")
@click.option("--exact", is_flag=True, help="Only these forms of the words, however they are spelled.")
@click.option("--no-aliases", is_flag=True, help="Do not look for other names of the same, such as أمريكا for أميركا.")
@click.option("--site", multiple=True, help="Only articles of this host; may be repeated.")
@click.option("--outlet", multiple=True, help="Only articles of this outlet; may be repeated.")
@click.option("--credit", multiple=True, help="Only articles that credit this agency; may be repeated.")
@click.option("--author", multiple=True, help="Only articles by this author; may be repeated.")
@click.option("--section", multiple=True, help="Only articles of this section; may be repeated.")
@click.option("--tag", multiple=True, help="Only articles with this tag; may be repeated.")
@click.option("--count", "counts", is_flag=True, help="Print only how many articles there are.")
@click.option(
    "--facet", type=click.Choice(["outlet", "credit", "section", "month"]), help="Count articles by this instead."
)
@output_options
@archive_option
def search_command(
    *,
    words: tuple[str, ...],
    limit: int,
    offset: int,
    sort: Sort,
    no_aliases: bool,
    counts: bool,
    facet: Facet | None,
    output: Output,
    db: Path,
    **options: Any,
) -> None:
    """Find articles, best first, however the words are spelled or inflected.

    All the words are wanted; where few articles hold them all, those that hold some follow, marked with ~. A query may
    hold "an exact phrase", -word, OR, prefix*, in:headline, and site: outlet: credit: author: section: tag: after:
    before: with a value.
    """
    filters = [(name, value) for name in FILTERS for value in options.pop(name)]
    query = " ".join(words).replace(_MINUS, "-")
    with (
        Archive(db, readonly=True) as archive,
        archive.asking(query, aliases=not no_aliases, filters=filters, **options) as asked,
    ):
        if counts:
            _write_counts(asked, output)
        elif facet is not None:
            _write_facet(asked, facet, output)
        else:
            hits = asked.hits(limit=limit, offset=offset, sort=sort)
            output.write(map(asdict, hits), _hit)
            if not hits:
                click.echo(_nothing_found(query, archive), err=True)
        if asked.also_searched:
            click.echo(f"also searched: {'، '.join(map(clean, asked.also_searched))}", err=True)
        if archive.is_index_due():
            click.echo("the word lists have changed since this index was made; `newsarchive reindex` is due", err=True)


def _write_counts(asked: Search, output: Output) -> None:
    found = asked.count()
    row = {"all_words": found.all, "any_word": found.any}
    some = "" if found.any is None else f" (with any of the words: {found.any})"
    output.write_one(row, f"{found.all}{some}")


def _write_facet(asked: Search, facet: Facet, output: Output) -> None:
    has_all, values = asked.facet(facet)
    output.write(({facet: value, "articles": count} for value, count in values), lambda row: _tally(row, facet))
    if not has_all and values:
        click.echo("no article holds all the words: counted are those with any of them", err=True)


def _tally(row: Row, facet: str) -> str:
    return f"{row['articles']:>7}  {clean(row[facet] or '-')}"


def _hit(row: Row) -> str:
    partly = "" if row["matches_all"] else " ~"
    return f"{entry_text(row)}{partly}\n        {marked(row['snippet'], row['marks'])}\n"


def _nothing_found(query: str, archive: Archive) -> str:
    if not archive.counts()["articles"]:
        return empty_text(archive)
    return f"nothing found for {clean(query)}"
