"""health and stats: the commands that tell how the sites fare and what the archive has grown by."""

from __future__ import annotations

import textwrap
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from newsarchive.archive import Archive
from newsarchive.cli.options import Since, SiteHost, archive_option, output_options
from newsarchive.cli.output import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from newsarchive.archive.statistics import Group, Tally
    from newsarchive.cli.output import Output, Row
    from newsarchive.health import Finding, Sample

_WIDTH = 60
_BAR = 18  # columns
_NAME = 21
_WORTH_TELLING = 0.05  # of a share of articles that lack a field, or of its change
_EIGHTHS = " ▏▎▍▌▋▊▉"
_COLOURS = {"wrong": "red", "sound": "green"}
_GROUPS: tuple[Group, ...] = ("day", "site", "section", "credit")


@click.command("health")
@click.option("--site", type=SiteHost(), help="Only this site.")
@output_options
@archive_option
@click.pass_context
def health_command(context: click.Context, *, site: str | None, output: Output, db: Path) -> None:
    """Tell how each site fares, measured by its own history, and why where it has gone wrong.

    Shown are when something was last read, what is new in the last day and week beside what is usual (the median of
    the days and weeks before), the median length of the newest bodies, what share of the newest articles lacks a field,
    and the commonest errors. A site is wrong when nothing can be read, when far less comes than usual, or when the
    articles are not what they were; one with too little history to tell is new. The exit code is 1 where a site is
    wrong.
    """
    with Archive(db, readonly=True) as archive:
        findings = archive.health(now=datetime.now(UTC), host=site)
    if site and not findings:
        raise click.BadParameter(f"{site} is none; `newsarchive sites list` shows them", param_hint="--site")
    findings.sort(key=lambda finding: not finding.is_wrong)
    output.write(map(_health_row, findings), _health_text)
    if not findings:
        click.echo(f"{db}: no sites yet; `newsarchive sites add URL` adds one", err=True)
    elif len(findings) > 1:
        states = Counter(finding.state for finding in findings)
        click.echo(", ".join(f"{count} {state}" for state, count in states.items()), err=True)
    if any(finding.is_wrong for finding in findings):
        context.exit(1)


@click.command("stats")
@click.option(
    "--by",
    type=click.Choice(_GROUPS),
    default="day",
    show_default=True,
    help="What to count by: the day of the first capture (UTC), the site, its section, or whom the article credits.",
)
@click.option("--since", type=Since(), help="From then on: a duration (12h, 7d, 3w), a date or a time (2024-03-01).")
@click.option("--site", type=SiteHost(), help="Only this host.")
@click.option("--limit", default=31, show_default=True, type=click.IntRange(min=0), help="Rows at the most; 0 is all.")
@output_options
@archive_option
def stats_command(*, by: Group, since: datetime | None, site: str | None, limit: int, output: Output, db: Path) -> None:
    """Count articles, and the bytes of their pages, by day, site, section or credit.

    Days stand newest first, and those without articles among them; all others by articles, most first. Bytes are as
    they are packed, pages that are no articles among them; by section and credit there are none. --ascii draws with #.
    """
    with Archive(db, readonly=True) as archive:
        tallies = archive.tallies(by, since=since, site=site)
        if not tallies:
            click.echo(f"{db}: nothing to count; `newsarchive fetch URL` adds an article", err=True)
    if by == "day":
        tallies = list(_with_empty_days(tallies, today=datetime.now(UTC).date(), since=since))
    shown = tallies[: limit or None]
    rows = [{by: tally.name, "articles": tally.articles, "bytes": tally.bytes} for tally in shown]
    output.write(rows, _bar_text(by, shown, plain=output.ascii))


def _health_row(finding: Finding) -> Row:
    figures = finding.figures
    return {
        "host": figures.host,
        "outlet": figures.outlet,
        "state": finding.state,
        "problems": [{"cause": problem.cause, "text": problem.text} for problem in finding.problems],
        "last_success_at": figures.last_success_at.isoformat() if figures.last_success_at else None,
        "new_day": sum(figures.daily[:1]),
        "usual_day": finding.usual_day,
        "new_week": sum(figures.daily[:7]),
        "usual_week": finding.usual_week,
        "waiting": figures.waiting,
        "body_length": figures.newest.body_length,
        "usual_body_length": figures.before.body_length,
        "missing": _shares(figures.newest),
        "usually_missing": _shares(figures.before),
        "errors": [
            {"cause": complaint.cause, "reason": complaint.reason, "count": complaint.count}
            for complaint in figures.complaints
        ],
    }


def _shares(sample: Sample) -> dict[str, float]:
    return {name: round(sample.share(name), 3) for name in sample.missing} if sample.size else {}


def _health_text(row: Row) -> str:
    state = click.style(f"{row['state']:<7}", fg=_COLOURS.get(row["state"]))
    lines = [f"{state} {clean(row['host'])}" + (f"  {clean(row['outlet'])}" if row["outlet"] else "")]
    for problem in row["problems"]:
        lines += _wrapped(clean(problem["text"]), indent=8)
    for name, told in _facts(row):
        lines += _wrapped(f"{name:<8} {told}", indent=8)
    return "\n".join(lines)


def _wrapped(text: str, *, indent: int) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))


def _facts(row: Row) -> Iterator[tuple[str, str]]:
    yield "last", (row["last_success_at"] or "nothing read yet").replace("+00:00", "Z")
    yield "day", f"{row['new_day']:,} new{_usual(row['usual_day'])}"
    yield "week", f"{row['new_week']:,} new{_usual(row['usual_week'])}"
    if row["body_length"] is not None:
        yield "body", f"{row['body_length']:,.0f} characters{_usual(row['usual_body_length'])}"
    if lacking := ", ".join(_lacking(row)):
        yield "missing", lacking
    for error in row["errors"][:3]:
        yield "errors", f"{error['count']:,} x {clean(error['reason'])}"


def _lacking(row: Row) -> Iterator[str]:
    """The share of articles that lack each field, and where it is another one the share before."""
    for name, share in row["missing"].items():
        before = row["usually_missing"].get(name, share)
        if abs(share - before) >= _WORTH_TELLING:
            yield f"{name} {share:.0%} (before {before:.0%})"
        elif share >= _WORTH_TELLING:
            yield f"{name} {share:.0%}"


def _usual(number: float | None) -> str:
    return "" if number is None else f", usual {number:,.0f}"


def _with_empty_days(tallies: Sequence[Tally], *, today: date, since: datetime | None) -> Iterator[Tally]:
    """Yield every day from the newest back to the first one, or to `since`: a day without articles says something."""
    from newsarchive.archive.statistics import Tally

    by_day = {tally.name: tally for tally in tallies}
    names = sorted(name for name in by_day if name)
    if not names:
        return
    day = max(today, date.fromisoformat(names[-1]))
    first = date.fromisoformat(names[0]) if since is None else min(since.date(), date.fromisoformat(names[0]))
    while day >= first:
        yield by_day.get(day.isoformat(), Tally(name=day.isoformat(), articles=0, bytes=0))
        day -= timedelta(days=1)


def _bar_text(by: Group, tallies: Sequence[Tally], *, plain: bool) -> Callable[[Row], str]:
    """What draws a row as a bar in 60 columns; the name stands last, since it may run from right to left."""
    most = max((tally.articles for tally in tallies), default=0) or 1

    def text(row: Row) -> str:
        name = row[by] or "(none)"
        name = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        size = "" if row["bytes"] is None else _readable(row["bytes"])
        return f"{row['articles']:>8,} {bar(row['articles'] / most, plain=plain):<{_BAR}} {size:>9} {clean(name)}"

    return text


def bar(share: float, *, plain: bool) -> str:
    """Return a bar of a share of the full width, to an eighth of a column; what is not nothing is seen."""
    eighths = round(share * _BAR * 8)
    if share > 0:
        eighths = max(eighths, 1)
    if plain:
        return "#" * -(-eighths // 8)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def _readable(size: int) -> str:
    """Return a number of bytes as people read it."""
    for unit, factor in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= factor:
            return f"{size / factor:,.1f} {unit}"
    return f"{size} B"
