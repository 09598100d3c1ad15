"""fetch and parse: the commands that turn an address or a file into an article."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsarchive.cli.options import archive_option, fetch_options, make_folder_of, output_options
from newsarchive.cli.output import clean
from newsarchive.errors import FetchError
from newsarchive.models import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsarchive.archive import Archive
    from newsarchive.cli.output import Output, Row
    from newsarchive.configuration import FetchSettings
    from newsarchive.models import Reading, Saved

_TIME_FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z"]


def _file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that describe a page at hand: where it was saved from, and when."""
    command = click.option("--url", help="The address that the file was saved from.")(command)
    return click.option(
        "--fetched-at",
        type=click.DateTime(_TIME_FORMATS),
        help="When the file was saved; UTC unless it states an offset.  [default: now]",
    )(command)


@click.command("fetch")
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option(
    "--input",
    "-i",
    "lists",
    multiple=True,
    type=click.File(encoding="utf-8-sig"),
    help="Read addresses from a file, one a line; - is standard input.",
)
@click.option(
    "--html",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keep this file as the page of --url; nothing is fetched.",
)
@_file_options
@click.option("--archived", is_flag=True, help="Where a page is gone, keep the Wayback Machine's copy of it.")
@fetch_options
@output_options
@archive_option
@click.pass_context
def fetch_command(
    context: click.Context,
    *,
    urls: tuple[str, ...],
    lists: tuple[Iterable[str], ...],
    html: Path | None,
    url: str | None,
    fetched_at: datetime | None,
    archived: bool,
    settings: FetchSettings,
    output: Output,
    db: Path,
) -> None:
    """Fetch pages, keep their bytes, and store what they say.

    A page fetched again makes no second article, and a new version only where its text has changed. A page that is
    not an article is kept as well, and the reason said. The exit code is 1 where an address failed or was no article.
    """
    from newsarchive.archive import Archive
    from newsarchive.crawler import keep

    if bool(html) != bool(url):
        raise click.UsageError("--html FILE and --url URL go together")
    addresses = _addresses(urls, lists)
    if not addresses and html is None:
        raise click.UsageError("no address given; name one or more, or a file of them with -i")
    make_folder_of(db)
    outcomes: Counter[str] = Counter()
    with Archive(db) as archive:
        if html is not None and url is not None:
            page = _page_of_file(html, url, fetched_at)
            rows = _rows([url], lambda _: keep(page, archive=archive))
        else:
            rows = _fetched(addresses, archive, settings, web_archive=settings.archive if archived else None)
        output.write(_counted(rows, outcomes, output), _outcome)
    if outcomes.total() > 1:
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in outcomes.items()), err=True)
    if outcomes["failed"] or outcomes["refused"]:
        context.exit(1)


@click.command("parse")
@click.argument("source", metavar="FILE|URL")
@_file_options
@click.option("--explain", is_flag=True, help="Say for each field which rule found it, and where in the page.")
@fetch_options
@output_options
@click.pass_context
def parse_command(
    context: click.Context,
    *,
    source: str,
    url: str | None,
    fetched_at: datetime | None,
    explain: bool,
    settings: FetchSettings,
    output: Output,
) -> None:
    """Print what a page says, without storing it."""
    from newsarchive.crawler import read
    from newsarchive.records import to_record

    page = page_of(source, url=url, fetched_at=fetched_at, settings=settings)
    reading = read(page)
    if reading.article is None:
        click.echo(f"newsarchive: {source}: {reading.refusal}", err=True)
        context.exit(1)
    record = to_record(reading.article)
    if explain:
        output.write(_explained(record, reading), _explanation)
    else:
        output.write_one(record, output.json(record, indent=2))


def _addresses(urls: tuple[str, ...], lists: tuple[Iterable[str], ...]) -> list[str]:
    """The addresses given: as arguments, on standard input for `-`, in lists with blank lines and # comments."""
    given = [url for url in urls if url != "-"]
    standard_input: list[Iterable[str]] = [sys.stdin] if "-" in urls else []
    lines = [line.strip() for listed in [*standard_input, *lists] for line in listed]
    return given + [line for line in lines if line and not line.startswith("#")]


def _fetched(
    addresses: list[str], archive: Archive, settings: FetchSettings, *, web_archive: str | None
) -> Iterator[Row]:
    """Fetch and save address by address; what was learnt of their hosts is kept at the end."""
    from newsarchive.crawler import HostMemory, fetch
    from newsarchive.fetcher import Fetcher

    memory = HostMemory(archive.crawling)
    with Fetcher(settings, memory=memory) as fetcher:
        yield from _rows(addresses, lambda url: fetch(url, fetcher=fetcher, archive=archive, web_archive=web_archive))
    memory.flush()


def _rows(addresses: list[str], save: Callable[[str], Saved]) -> Iterator[Row]:
    """Save address by address; one that fails becomes a row that says why."""
    for address in addresses:
        try:
            saved = save(address)
        except FetchError as e:
            yield {"outcome": "failed", "url": e.subject, "id": None, "headline": None, "reason": e.reason}
        else:
            yield {
                "outcome": saved.outcome,
                "url": saved.url,
                "id": saved.article_id,
                "headline": saved.headline,
                "reason": saved.reason,
            }


def _counted(rows: Iterable[Row], outcomes: Counter[str], output: Output) -> Iterator[Row]:
    """Count outcomes as they pass; what failed is said on standard error, and to programs among the rows too."""
    for row in rows:
        outcomes[row["outcome"]] += 1
        if row["outcome"] == "failed":
            click.echo(f"newsarchive: {clean(row['url'])}: {clean(row['reason'])}", err=True)
            if output.form == "text":
                continue
        yield row


def _outcome(row: Row) -> str:
    what = row["reason"] if row["outcome"] == "refused" else row["headline"]
    number = row["id"] if row["id"] is not None else "-"
    return f"{row['outcome']:<10} {number:>6}  {clean(row['url'])}  {clean(what or '')}".rstrip()


def page_of(source: str, *, url: str | None, fetched_at: datetime | None, settings: FetchSettings) -> Page:
    """Return the page that an address or a file is; raises FetchError."""
    if not source.startswith(("http://", "https://")):
        return _page_of_file(Path(source), url or Path(source).absolute().as_uri(), fetched_at)
    from newsarchive.fetcher import Fetcher

    with Fetcher(settings) as fetcher:
        return fetcher.fetch(source)


def _page_of_file(path: Path, url: str, fetched_at: datetime | None) -> Page:
    try:
        content = path.read_bytes()
    except OSError as e:
        raise click.UsageError(f"{path}: {e.strerror}") from e
    moment = fetched_at or datetime.now(UTC)
    return Page(
        requested_url=url,
        url=url,
        content=content,
        fetched_at=moment if moment.tzinfo else moment.replace(tzinfo=UTC),
        capture_source="file",
    )


def _explained(record: dict[str, Any], reading: Reading) -> Iterator[Row]:
    yield {"field": "encoding", "value": reading.encoding, "rule": reading.encoding_reason, "place": None}
    provenance = record.pop("provenance")
    for field, value in record.items():
        found = provenance.get(field)
        if found is not None or value:
            yield {"field": field, "value": value, **(found or {"rule": None, "place": None})}


def _explanation(row: Row) -> str:
    value = row["value"] if isinstance(row["value"], str) else json.dumps(row["value"], ensure_ascii=False)
    where = " at ".join(part for part in (row["rule"], row["place"]) if part)
    return f"{row['field']:<16} {clean(value)}\n{'':<16} {where}".rstrip()
