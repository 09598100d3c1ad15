"""The queue: every address that the crawl is to visit, and what came of it. Kept in the archive, so that a run that
dies loses nothing. When an address is visited next is the crawler's to decide."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from newsarchive.archive import forgetting
from newsarchive.models import Entry
from newsarchive.urls import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MAX_WAITING = 10_000  # addresses of a site that wait for their first visit: a trap cannot fill the archive

_COLUMNS = [field.name for field in fields(Entry)]
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM queue"  # noqa: S608  # names of columns, here and below
_INSERT = (
    f"INSERT INTO queue (identity, {', '.join(_COLUMNS)}) "  # noqa: S608
    f"VALUES (:identity, {', '.join(f':{name}' for name in _COLUMNS)}) ON CONFLICT (identity) DO NOTHING"
)
_UPDATE = (
    f"UPDATE queue SET {', '.join(f'{name} = :{name}' for name in _COLUMNS)} "  # noqa: S608
    "WHERE identity = :identity"
)


def identity(entry: Entry) -> str:
    """What makes two addresses one entry.

    Listings may differ by a slash or a parameter alone, and one that is read backwards is also visited for what is new.
    """
    if entry.kind == "article":
        return canonical(entry.url)
    return entry.url if entry.since is None else f"{entry.url}#backwards"


def add(db: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    """Add addresses that are not in the queue, as far as there is room, and return how many were added.

    What was forgotten on purpose is not fetched again.
    """
    added = 0
    room: dict[int, int] = {}
    for entry in entries:
        left = room.setdefault(entry.site_id, MAX_WAITING - _waiting(db, entry.site_id))
        values = _values(entry)
        if left > 0 and forgetting.tombstone(db, (entry.url, values["identity"])) is None:
            new = db.execute(_INSERT, values).rowcount
            room[entry.site_id] -= new
            added += new
    return added


def due(db: sqlite3.Connection, site_id: int, now: str) -> Entry | None:
    """Return the address of a site that is to be visited next, if one is due."""
    row = db.execute(
        f"{_SELECT} WHERE site_id = :site AND next_try_at <= :now ORDER BY priority, next_try_at, rowid LIMIT 1",
        {"site": site_id, "now": now},
    ).fetchone()
    return Entry(**row) if row else None


def of_site(db: sqlite3.Connection, site_id: int, *, kinds: tuple[str, ...]) -> list[Entry]:
    """Return a site's entries of these kinds, by address."""
    places = ", ".join("?" * len(kinds))
    rows = db.execute(f"{_SELECT} WHERE site_id = ? AND kind IN ({places}) ORDER BY url", (site_id, *kinds))
    return [Entry(**row) for row in rows]


def known_articles(db: sqlite3.Connection, site_id: int, *, limit: int) -> list[str]:
    """Return addresses of a site that turned out to be articles, newest first: what its shapes are learned from."""
    rows = db.execute(
        """
        SELECT queue.url FROM queue JOIN articles ON articles.identity = queue.identity
        WHERE queue.site_id = :site ORDER BY articles.id DESC LIMIT :limit
        """,
        {"site": site_id, "limit": limit},
    )
    return [row["url"] for row in rows]


def next_at(db: sqlite3.Connection, site_id: int) -> str | None:
    """Return when the next address of a site is due."""
    row = db.execute("SELECT min(next_try_at) AS at FROM queue WHERE site_id = :site", {"site": site_id}).fetchone()
    at: str | None = row["at"]
    return at


def put(db: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    """Add entries in place of what the queue holds for the same addresses, and return how many."""
    rows = [_values(entry) for entry in entries]
    db.executemany("DELETE FROM queue WHERE identity = :identity", rows)
    db.executemany(_INSERT, rows)
    return len(rows)


def recall(db: sqlite3.Connection, *, later_than: str, to: str) -> None:
    """Make due at `to` what is due later than could be: a clock that was ahead had put it there."""
    db.execute(
        "UPDATE queue SET next_try_at = :to WHERE next_try_at > :later_than", {"to": to, "later_than": later_than}
    )


def update(db: sqlite3.Connection, entry: Entry) -> None:
    """Write back an entry after a visit."""
    db.execute(_UPDATE, _values(entry))


def _values(entry: Entry) -> dict[str, Any]:
    return {"identity": identity(entry)} | {name: getattr(entry, name) for name in _COLUMNS}


def _waiting(db: sqlite3.Connection, site_id: int) -> int:
    row = db.execute(
        "SELECT count(*) AS n FROM queue WHERE site_id = :site AND visits = 0 AND next_try_at IS NOT NULL",
        {"site": site_id},
    ).fetchone()
    return int(row["n"])
