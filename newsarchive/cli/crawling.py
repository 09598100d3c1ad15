"""crawl, backfill and cron: the commands that let the archive grow by itself."""

from __future__ import annotations

import shlex
import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from newsarchive.archive import Archive
from newsarchive.cli.options import archive_option, fetch_options
from newsarchive.cli.output import clean
from newsarchive.cli.progress import Progress
from newsarchive.cli.sites import site_named
from newsarchive.errors import NotInArchive

if TYPE_CHECKING:
    from pathlib import Path

    from newsarchive.configuration import FetchSettings
    from newsarchive.crawler.run import Summary


@click.command("crawl")
@click.option("--limit", type=click.IntRange(min=1), help="Visit so many addresses at the most.")
@click.option("--max-time", type=click.FloatRange(min=0), help="Begin no visit after so many seconds.")
@click.option("--site", "hosts", multiple=True, help="Only this site; may be repeated.")
@click.option(
    "--follow-related",
    type=click.IntRange(0, 5),
    default=0,
    show_default=True,
    help="Follow the related links of new articles so deep.",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what failed for a whole site.")
@click.option("--log", "log_file", type=click.Path(dir_okay=False), help="Append a line for each visit to this file.")
@click.option("--log-json", is_flag=True, help="Write the log as JSON lines.")
@fetch_options
@archive_option
@click.pass_context
def crawl_command(
    context: click.Context,
    *,
    limit: int | None,
    max_time: float | None,
    hosts: tuple[str, ...],
    follow_related: int,
    quiet: bool,
    log_file: str | None,
    log_json: bool,
    settings: FetchSettings,
    db: Path,
) -> None:
    """Visit what is due at all sites: new addresses in feeds, sitemaps and pages, and articles read before.

    Each article is kept before the next is asked for, so a run may end at any moment and the next goes on from there.
    The exit code is 3 where another run is under way, and 1 where a whole site failed.
    """
    from newsarchive.configuration import load
    from newsarchive.crawler.run import Bounds, crawl
    from newsarchive.crawler.schedule import Schedule

    with Archive(db, create=False) as archive:
        wanted = _wanted(archive, hosts)
        with Progress(quiet=quiet, log_file=log_file, log_json=log_json) as progress:
            summary = crawl(
                archive,
                settings,
                bounds=Bounds(visits=limit, seconds=max_time, sites=wanted),
                plan=Schedule(articles=revisits) if (revisits := load().revisits) else None,
                follow_related=follow_related,
                report=progress.visited,
            )
        sick = [finding for finding in archive.health(now=datetime.now(UTC)) if finding.is_wrong]
    if not quiet:
        click.echo(_summary(summary), err=True)
    for finding in sick:
        click.echo(f"newsarchive: {clean(str(finding))}", err=True)
    if _say_what_failed(summary):
        context.exit(1)


@click.command("backfill")
@click.argument("site", metavar="HOST|URL")
@click.option("--from", "since", required=True, help="The first day that is wanted: 2015, 2015-06 or 2015-06-01.")
@click.option(
    "--via",
    default="sitemap,section",
    show_default=True,
    help="Where old articles are looked for: sitemap, section, or both.",
)
@click.option("--section", "sections", multiple=True, help="A section page to read backwards; may be repeated.")
@archive_option
def backfill_command(*, site: str, since: str, via: str, sections: tuple[str, ...], db: Path) -> None:
    """Queue a site's older articles; `crawl` fetches them behind what is new, over as many runs as it takes."""
    from newsarchive.crawler.backwards import backwards

    ways = {way.strip() for way in via.split(",")}
    if not ways <= {"sitemap", "section"}:
        raise click.BadParameter(f"{via!r}: sitemap, section, or both", param_hint="--via")
    with Archive(db, create=False) as archive:
        queued = backwards(site_named(archive, site), archive=archive, since=since, ways=ways, sections=sections)
    click.echo(f"queued  listings to read backwards: {queued}; `newsarchive crawl` reads them")


@click.command("cron")
@click.option("--every", default=10, show_default=True, type=click.IntRange(1, 59), help="Minutes between two runs.")
@archive_option
def cron_command(*, every: int, db: Path) -> None:
    """Print the crontab line, and a systemd timer, that crawl with this installation and this archive."""
    program = shutil.which("newsarchive") or sys.argv[0]
    command = shlex.join([program, "crawl", "--quiet", "--max-time", str(every * 60 - 15), "--db", str(db.absolute())])
    click.echo(_CRON.format(every=every, command=command))


def _wanted(archive: Archive, hosts: tuple[str, ...]) -> frozenset[str] | None:
    """Return the hosts of the sites that are named, None where all are wanted; there must be one."""
    if not archive.crawling.sites():
        raise NotInArchive(str(archive.path), "no sites to crawl; `newsarchive sites add URL` adds one")
    return frozenset(site_named(archive, name).host for name in hosts) or None


def _summary(summary: Summary) -> str:
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(summary.outcomes.items()) if count)
    return f"{counts or 'nothing was due'} in {summary.seconds:.0f} s"


def _say_what_failed(summary: Summary) -> bool:
    """Say which sites gave nothing but errors, with the most frequent one; tell whether there are any."""
    for host, errors in sorted(summary.failed_sites().items()):
        reason, count = errors.most_common(1)[0]
        click.echo(
            f"newsarchive: {clean(host)}: all {errors.total()} visits failed, {count}: {clean(reason)}", err=True
        )
    return bool(summary.failed_sites())


_CRON = """\
# crontab -e
*/{every} * * * * {command}

# or ~/.config/systemd/user/newsarchive.service
[Service]
Type=oneshot
ExecStart={command}

# and ~/.config/systemd/user/newsarchive.timer, then: systemctl --user enable --now newsarchive.timer
[Timer]
OnCalendar=*:0/{every}
Persistent=true

[Install]
WantedBy=timers.target"""
