"""Counting: articles and bytes by day, site, section or credit; the figures that health is judged by. Reads only."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from newsarchive import urls
from newsarchive.health import BEFORE, DAYS, IN_A_ROW, NEWEST, Complaint, Figures, Sample, plain_reason
from newsarchive.records import time_of, timestamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

Group = Literal["day", "site", "section", "credit"]

_Daily = defaultdict[str, Counter[int]]  # host -> days ago -> articles

_WEEK = 7  # days
# Names of what an article may lack, as people are told of it -> whether a row of versions lacks it.
_LACKS = {
    "headline": "versions.headline IS NULL",
    "body": "versions.body = ''",
    "date": "versions.published_at IS NULL",
    "source": "versions.source IS NULL",
    "section": "versions.section IS NULL",
    "author": "NOT EXISTS (SELECT 1 FROM authors WHERE authors.version_id = versions.id)",
    "legible text": "instr(versions.body, char(65533)) > 0",  # U+FFFD stands for bytes that could not be decoded
}
_ARTICLES_BY: dict[Group, str] = {
    "day": "date(articles.first_captured_at)",
    "site": "articles.host",
    "section": "versions.section",
    "credit": "coalesce(credits.agency, credits.name)",
}
_BYTES_BY: dict[Group, str] = {
    "day": "date(captures.fetched_at)",
    "site": "coalesce(articles.host, host_of(captures.url))",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Articles first captured, and bytes stored as they are packed, of one day, site, section or credit.

    `bytes` is None where bytes belong to no group: pages are not kept by section or credit.
    """

    name: str | None
    articles: int
    bytes: int | None


def tallies(db: sqlite3.Connection, by: Group, *, since: datetime | None, site: str | None) -> list[Tally]:
    """Return the tallies of a kind: days newest first, all others by articles, most first."""
    bounds = {"since": timestamp(since) if since else "", "site": site}
    articles = _articles_by(db, by, bounds)
    sizes = _bytes_by(db, by, bounds) if by in _BYTES_BY else None
    names = articles.keys() | (sizes or {}).keys()
    found = [
        Tally(name=name, articles=articles.get(name, 0), bytes=None if sizes is None else sizes.get(name, 0))
        for name in names
    ]
    if by == "day":
        return sorted(found, key=lambda tally: tally.name or "", reverse=True)
    return sorted(found, key=lambda tally: (-tally.articles, -(tally.bytes or 0), tally.name or ""))


def _articles_by(db: sqlite3.Connection, by: Group, bounds: Mapping[str, str | None]) -> dict[str | None, int]:
    """Count articles; one with several credits counts for each, one without for None."""
    joins = ""
    if by in {"section", "credit"}:
        joins = "JOIN versions ON versions.id = articles.version_id"
    if by == "credit":
        joins += " LEFT JOIN credits ON credits.version_id = versions.id"
    rows = db.execute(
        f"""
        SELECT {_ARTICLES_BY[by]} AS name, count(DISTINCT articles.id) AS count
        FROM articles {joins}
        WHERE articles.first_captured_at >= :since AND (:site IS NULL OR articles.host = :site)
        GROUP BY 1
        """,  # noqa: S608  # the expressions above, no input
        bounds,
    )
    return {row["name"]: row["count"] for row in rows}


def _bytes_by(db: sqlite3.Connection, by: Group, bounds: Mapping[str, str | None]) -> dict[str | None, int]:
    """Add up packed bytes; what several captures share counts for the first of them."""
    db.create_function("host_of", 1, urls.host, deterministic=True)
    rows = db.execute(
        f"""
        SELECT name, sum(bytes) AS bytes
        FROM (
            SELECT {_BYTES_BY[by]} AS name, length(raw.content) AS bytes
            FROM raw
            JOIN captures ON captures.id = (SELECT min(every.id) FROM captures AS every WHERE every.digest = raw.digest)
            LEFT JOIN articles ON articles.id = captures.article_id
            WHERE captures.fetched_at >= :since AND (:site IS NULL OR {_BYTES_BY["site"]} = :site)
            LIMIT -1  -- keeps this a query of its own: sorting for the groups would carry the content along
        )
        GROUP BY name
        """,  # noqa: S608
        bounds,
    )
    return {row["name"]: row["bytes"] for row in rows}


def figures(db: sqlite3.Connection, *, now: datetime, host: str | None = None) -> list[Figures]:
    """Return the figures of all sites, or of one, by host."""
    sites = db.execute("SELECT * FROM sites WHERE :host IS NULL OR host = :host ORDER BY host", {"host": host})
    new, every = _stored(db, now)
    return [_figures(db, site, new[site["host"]], every[site["host"]], now) for site in sites.fetchall()]


def _figures(
    db: sqlite3.Connection, site: sqlite3.Row, new: Counter[int], every: Counter[int], now: datetime
) -> Figures:
    newest = _newest(db, site["host"])
    refusals = _refusals(db, site["id"], now)
    return Figures(
        host=site["host"],
        outlet=site["outlet"],
        added_at=datetime.fromisoformat(site["added_at"]),
        paused_at=time_of(site["paused_at"]),
        **_queue(db, site["id"]),
        **_left_alone(db, site["host"]),
        daily=tuple(new[day] for day in range(DAYS)),
        stored=_halves(every.items()),
        refused=_halves((row["days_ago"], row["count"]) for row in refusals),
        complaints=_complaints(db, site["id"], refusals),
        newest=_sample(newest[:NEWEST]),
        before=_sample(newest[NEWEST:]),
    )


def _stored(db: sqlite3.Connection, now: datetime) -> tuple[_Daily, _Daily]:
    """Count articles by host and days ago: those that were new when they came, and all."""
    rows = db.execute(
        """
        SELECT
            articles.host,
            CAST(julianday(:now) - julianday(articles.first_captured_at) AS INTEGER) AS days_ago,
            count(*) AS count,
            sum(
                versions.published_at IS NULL
                OR substr(versions.published_at, 1, 10) >= substr(
                    date(articles.first_captured_at, '-7 days'), 1, min(length(versions.published_at), 10)
                )
            ) AS new
        FROM articles JOIN versions ON versions.id = articles.version_id
        WHERE articles.first_captured_at > :since AND articles.first_captured_at <= :now
        GROUP BY 1, 2
        """,
        {"now": timestamp(now), "since": timestamp(now - timedelta(days=DAYS))},
    )
    new: _Daily = defaultdict(Counter)
    every: _Daily = defaultdict(Counter)
    for row in rows:
        new[row["host"]][row["days_ago"]] = row["new"]
        every[row["host"]][row["days_ago"]] = row["count"]
    return new, every


def _newest(db: sqlite3.Connection, host: str) -> list[sqlite3.Row]:
    """Return the newest articles of a host, newest first: the length of the body and what is lacking."""
    lacks = ", ".join(f'{condition} AS "{name}"' for name, condition in _LACKS.items())
    return db.execute(
        f"""
        SELECT length(versions.body) AS length, {lacks}
        FROM articles JOIN versions ON versions.id = articles.version_id
        WHERE articles.host = :host ORDER BY articles.id DESC LIMIT :limit
        """,  # noqa: S608
        {"host": host, "limit": NEWEST + BEFORE},
    ).fetchall()


def _sample(rows: list[sqlite3.Row]) -> Sample:
    return Sample(
        lengths=tuple(row["length"] for row in rows),
        missing={name: sum(row[name] for row in rows) for name in _LACKS},
    )


def _queue(db: sqlite3.Connection, site_id: int) -> dict[str, Any]:
    """Return how a site's listings fare, and what waits; a listing without a next time is done with."""
    row = db.execute(
        """
        SELECT
            max(max(coalesce(whole_at, ''), coalesce(last_new_at, ''))) AS last_success_at,
            count(*) FILTER (WHERE kind = 'article' AND visits = 0 AND next_try_at IS NOT NULL
                AND last_error IS NULL) AS waiting
        FROM queue WHERE site_id = :site
        """,
        {"site": site_id},
    ).fetchone()
    listings = db.execute(
        """
        SELECT count(*) AS listings, count(last_error) AS failing, max(next_try_at) AS due_at,
            count(*) FILTER (WHERE last_error IS NOT NULL AND attempts >= :stubborn) AS stubborn
        FROM queue WHERE site_id = :site AND next_try_at IS NOT NULL AND kind != 'article'
        """,
        {"site": site_id, "stubborn": IN_A_ROW},
    ).fetchone()
    return {
        "last_success_at": time_of(row["last_success_at"]),
        "waiting": row["waiting"],
        "listings": listings["listings"],
        "failing": listings["failing"],
        "stubborn": listings["stubborn"],
        "due_at": time_of(listings["due_at"]),
    }


def _left_alone(db: sqlite3.Connection, host: str) -> dict[str, Any]:
    row = db.execute("SELECT paused_until, reason FROM hosts WHERE host = :host", {"host": host}).fetchone()
    return {"left_alone_until": time_of(row["paused_until"]), "left_alone_since": row["reason"]} if row else {}


def _complaints(db: sqlite3.Connection, site_id: int, refusals: list[sqlite3.Row]) -> tuple[Complaint, ...]:
    """Return what fails now, and what the pages of the last week were instead of articles."""
    rows = db.execute(
        """
        SELECT last_error, kind != 'article' AS of_listing, count(*) AS count
        FROM queue WHERE site_id = :site AND last_error IS NOT NULL AND next_try_at IS NOT NULL
        GROUP BY 1, 2
        """,
        {"site": site_id},
    )
    counts: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        counts[plain_reason(row["last_error"]), bool(row["of_listing"])] += row["count"]
    for row in refusals:
        if row["days_ago"] < _WEEK:
            counts[plain_reason(row["refusal"]), False] += row["count"]
    return tuple(
        Complaint(reason=reason, count=count, of_listing=of_listing)
        for (reason, of_listing), count in counts.most_common()
    )


def _refusals(db: sqlite3.Connection, site_id: int, now: datetime) -> list[sqlite3.Row]:
    """Return what addresses of a site turned out to be instead of articles, and how many days ago."""
    return db.execute(
        """
        SELECT captures.refusal, count(*) AS count,
            CAST(julianday(:now) - julianday(captures.fetched_at) AS INTEGER) AS days_ago
        FROM queue JOIN captures ON captures.requested_url = queue.url
        WHERE queue.site_id = :site AND queue.kind = 'article'
            AND queue.last_error IS NOT NULL AND queue.next_try_at IS NULL
            AND captures.refusal IS NOT NULL AND captures.fetched_at > :since AND captures.fetched_at <= :now
        GROUP BY captures.refusal, days_ago
        """,
        {
            "site": site_id,
            "now": timestamp(now),
            "since": timestamp(now - timedelta(days=DAYS)),
        },
    ).fetchall()


def _halves(counts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Add up counts by days ago: the last week, and all before."""
    week = before = 0
    for days_ago, count in counts:
        if days_ago < _WEEK:
            week += count
        else:
            before += count
    return week, before
