"""sites: the commands for what the crawl visits."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsarchive.archive import Archive
from newsarchive.cli.options import archive_option, fetch_options, make_folder_of, output_options
from newsarchive.cli.output import clean
from newsarchive.errors import FetchError, NotInArchive, ParseError, RuleError
from newsarchive.urls import host as host_of

if TYPE_CHECKING:
    from newsarchive.cli.output import Output, Row
    from newsarchive.configuration import FetchSettings
    from newsarchive.crawler.joining import Survey
    from newsarchive.models import CrawledSite


@click.group("sites")
def sites_command() -> None:
    """Add, list, pause and remove the sites that `crawl` visits."""


@sites_command.command("add")
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option("--country", help="Add the outlets of this country that are known, by its two-letter code, such as SY.")
@click.option("--dry-run", "-n", is_flag=True, help="Show what would be added, and add nothing.")
@fetch_options
@archive_option
@click.pass_context
def sites_add_command(
    context: click.Context,
    *,
    urls: tuple[str, ...],
    country: str | None,
    dry_run: bool,
    settings: FetchSettings,
    db: Path,
) -> None:
    """Look at a site's front page, robots.txt, feeds and sitemaps, and crawl it from now on."""
    from newsarchive.crawler.joining import keep, survey
    from newsarchive.crawler.readers import Readers
    from newsarchive.fetcher import Fetcher

    addresses = [*urls, *_homes(country)]
    if not addresses:
        raise click.UsageError("no site given; name its address, or a country with --country")
    make_folder_of(db)
    failed = 0
    with Archive(db) as archive, Readers(1) as readers, Fetcher(settings) as fetcher:
        for address in addresses:
            try:
                found = survey(address, fetcher=fetcher, readers=readers)
            except (FetchError, ParseError) as e:
                click.echo(f"newsarchive: {clean(str(e))}", err=True)
                failed += 1
                continue
            if not dry_run:
                keep(found, archive=archive)
            click.echo(_survey(found, kept=not dry_run))
    if failed:
        context.exit(1)


@sites_command.command("list")
@output_options
@archive_option
def sites_list_command(*, output: Output, db: Path) -> None:
    """List the sites, with what waits there and when the next visit is due."""
    with Archive(db, readonly=True) as archive:
        sites = archive.crawling.sites()
        output.write((_site_row(archive, site) for site in sites), _site_line)
        if not sites:
            click.echo(f"{db}: no sites yet; `newsarchive sites add URL` adds one", err=True)


@sites_command.command("show")
@click.argument("site", metavar="HOST|URL")
@output_options
@archive_option
def sites_show_command(*, site: str, output: Output, db: Path) -> None:
    """Show the feeds, sitemaps and pages of a site, and how the last visits to them went."""
    with Archive(db, readonly=True) as archive:
        listings = archive.crawling.listings(site_named(archive, site))
    output.write(map(asdict, listings), _listing_line)


@sites_command.command("pause")
@click.argument("site", metavar="HOST|URL")
@click.option("--resume", is_flag=True, help="Visit the site again.")
@archive_option
def sites_pause_command(*, site: str, resume: bool, db: Path) -> None:
    """Leave a site alone until `--resume`; its queue is kept."""
    with Archive(db, create=False) as archive:
        found = site_named(archive, site)
        archive.crawling.pause(found, on=not resume)
    click.echo(f"{'resumed' if resume else 'paused'}  {clean(found.host)}")


@sites_command.command("remove")
@click.argument("site", metavar="HOST|URL")
@archive_option
def sites_remove_command(*, site: str, db: Path) -> None:
    """Crawl a site no more and drop its queue; its articles stay."""
    with Archive(db, create=False) as archive:
        found = site_named(archive, site)
        archive.crawling.remove(found)
    click.echo(f"removed  {clean(found.host)}")


@sites_command.command("test")
@click.argument("source", metavar="FILE|URL")
@click.option(
    "--rule",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Test this rule.  [default: the one for the address]",
)
@click.option("--url", help="The address that the file was saved from.")
@fetch_options
@output_options
@click.pass_context
def sites_test_command(
    context: click.Context, *, source: str, rule: Path | None, url: str | None, settings: FetchSettings, output: Output
) -> None:
    """Show what each selector of a site rule finds on a page; the exit code is 1 where one finds nothing."""
    from newsarchive.cli.fetching import page_of
    from newsarchive.crawler import rules_folder
    from newsarchive.parser import check_rule, rule_findings
    from newsarchive.sites import load_site, site_for

    page = page_of(source, url=url, fetched_at=None, settings=settings)
    site = (
        load_site(rule.read_text(encoding="utf-8"), file=str(rule))
        if rule
        else site_for(page.url, folder=rules_folder())
    )
    if site is None:
        raise RuleError(page.url, "there is no rule for this address; name one with --rule FILE")
    check_rule(site)
    found = rule_findings(page.content, url=page.url, site=site, content_type=page.header("content-type"))
    output.write((finding._asdict() for finding in found), _finding_line)
    if any(not finding.matches for finding in found):
        context.exit(1)


def site_named(archive: Archive, name: str) -> CrawledSite:
    """Return the site of a host or address; raises NotInArchive."""
    site = archive.crawling.site(host_of(name) or host_of(f"https://{name}/") or name)
    if site is None:
        raise NotInArchive(name, "is no site of this archive; `newsarchive sites list` shows them")
    return site


def _homes(country: str | None) -> list[str]:
    from newsarchive.data import outlets

    if country is None:
        return []
    homes = [outlet.home for outlet in outlets() if outlet.country == country.upper()]
    if not homes:
        raise click.BadParameter(f"no outlets are known in {country!r}", param_hint="--country")
    return homes


def _survey(found: Survey, *, kept: bool) -> str:
    lines = [f"{'added' if kept else 'found'}  {clean(found.host)}  {clean(found.outlet or '')}".rstrip()]
    lines += [
        f"  {offer.kind:<8} {offer.addresses:>6}  {clean(offer.url)}  ({offer.found_in})" for offer in found.offers
    ]
    if not any(offer.kind == "feed" for offer in found.offers):
        lines.append("  no feed: new articles are looked for on the front page and in sitemaps")
    return "\n".join(lines)


def _site_row(archive: Archive, site: CrawledSite) -> Row:
    return {**asdict(site), "listings": len(archive.crawling.listings(site)), "next_at": archive.crawling.next_at(site)}


def _site_line(row: Row) -> str:
    state = "paused" if row["paused_at"] else f"next {row['next_at'] or '-'}"
    return f"{clean(row['host'])}  {clean(row['outlet'] or '')}\n  {state}, listings: {row['listings']}"


def _finding_line(row: Row) -> str:
    what = f"{row['field']:<10} {row['matches']:>4}  {clean(row['selector'])}"
    return f"{what}\n                 {clean(row['text'] or '-')}"


def _listing_line(row: Row) -> str:
    how = row["last_error"] or (f"last new {row['last_new_at']}" if row["last_new_at"] else f"visits: {row['visits']}")
    return f"{row['kind']:<8} {clean(row['url'])}\n         {clean(how)}, next {row['next_try_at'] or '-'}"
