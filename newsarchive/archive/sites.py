"""Sites that the crawl visits, and what the fetcher remembers of their hosts between runs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from newsarchive.models import CrawledSite, HostState, RobotsState
from newsarchive.records import time_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_SELECT = "SELECT id, host, url, outlet, added_at, paused_at FROM sites"


def add(db: sqlite3.Connection, *, host: str, url: str, outlet: str | None, at: str) -> CrawledSite:
    """Add a site, or return the one that has this host."""
    db.execute(
        """
        INSERT INTO sites (host, url, outlet, added_at) VALUES (:host, :url, :outlet, :at)
        ON CONFLICT (host) DO UPDATE SET outlet = coalesce(outlet, excluded.outlet)
        """,
        {"host": host, "url": url, "outlet": outlet, "at": at},
    )
    return CrawledSite(**db.execute(f"{_SELECT} WHERE host = :host", {"host": host}).fetchone())


def every(db: sqlite3.Connection) -> list[CrawledSite]:
    """Return all sites, by host."""
    return [CrawledSite(**row) for row in db.execute(f"{_SELECT} ORDER BY host")]


def by_host(db: sqlite3.Connection, host: str) -> CrawledSite | None:
    """Return the site of a host."""
    row = db.execute(f"{_SELECT} WHERE host = :host", {"host": host}).fetchone()
    return CrawledSite(**row) if row else None


def pause(db: sqlite3.Connection, site_id: int, *, at: str | None) -> None:
    """Leave a site alone from now on, or with `at` None visit it again."""
    db.execute("UPDATE sites SET paused_at = :at WHERE id = :id", {"at": at, "id": site_id})


def remove(db: sqlite3.Connection, site_id: int) -> None:
    """Take a site and its queue out; its articles stay."""
    db.execute("DELETE FROM queue WHERE site_id = :id", {"id": site_id})
    db.execute("DELETE FROM sites WHERE id = :id", {"id": site_id})


def host_states(db: sqlite3.Connection) -> list[HostState]:
    """Return what is remembered of hosts."""
    rows = db.execute("SELECT host, next_at, paused_until, reason, failures FROM hosts")
    return [
        HostState(
            host=row["host"],
            next_at=time_of(row["next_at"]),
            paused_until=time_of(row["paused_until"]),
            reason=row["reason"],
            failures=row["failures"],
        )
        for row in rows
    ]


def keep_host_states(db: sqlite3.Connection, states: Iterable[HostState]) -> None:
    """Keep states of hosts in place of their former ones."""
    db.executemany(
        """
        INSERT OR REPLACE INTO hosts (host, next_at, paused_until, reason, failures) VALUES (?, ?, ?, ?, ?)
        """,
        [
            (state.host, _text(state.next_at), _text(state.paused_until), state.reason, state.failures)
            for state in states
        ],
    )


def robots_states(db: sqlite3.Connection) -> list[RobotsState]:
    """Return what is remembered of robots.txt files."""
    rows = db.execute("SELECT origin, asked_at, answered_at, text FROM robots")
    return [
        RobotsState(
            origin=row["origin"],
            asked_at=datetime.fromisoformat(row["asked_at"]),
            answered_at=time_of(row["answered_at"]),
            text=row["text"],
        )
        for row in rows
    ]


def keep_robots_states(db: sqlite3.Connection, states: Iterable[RobotsState]) -> None:
    """Keep robots.txt files in place of their former ones."""
    db.executemany(
        "INSERT OR REPLACE INTO robots (origin, asked_at, answered_at, text) VALUES (?, ?, ?, ?)",
        [(state.origin, _text(state.asked_at), _text(state.answered_at), state.text) for state in states],
    )


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
