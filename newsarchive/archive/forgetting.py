"""Forgetting: an article and its captures are taken out, and a tombstone with their digests stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsarchive.archive.articles import LISTS
from newsarchive.urls import canonical

if TYPE_CHECKING:
    import sqlite3


def forget(
    db: sqlite3.Connection, article_id: int | None, addresses: tuple[str, str], *, reason: str | None, at: str
) -> int:
    """Take out an article, or where there is none the captures of an address, and return how many captures went.

    `addresses` are the address as asked for and its canonical form.

    The words of the text stay in the search index, bound to no article, until the next `reindex`.
    """
    captures = _captures(db, article_id, addresses)
    db.execute("PRAGMA secure_delete=ON")  # what is forgotten is overwritten, not only unlinked
    for capture in captures:
        db.execute(
            """
            INSERT INTO tombstones (url, digest, fetched_at, forgotten_at, reason)
            VALUES (:url, :digest, :fetched_at, :at, :reason)
            """,
            {**capture, "at": at, "reason": reason},
        )
    if article_id is not None:
        _delete_article(db, article_id)
    db.executemany(
        "DELETE FROM queue WHERE kind = 'article' AND identity IN (:url, :identity)",
        [{"url": capture["url"], "identity": canonical(str(capture["url"]))} for capture in captures],
    )
    for capture in captures:
        db.execute("DELETE FROM captures WHERE id = :id", {"id": capture["id"]})
    for digest in {capture["digest"] for capture in captures}:
        db.execute(
            """
            DELETE FROM raw
            WHERE digest = :digest AND NOT EXISTS (SELECT 1 FROM captures WHERE digest = :digest)
            """,
            {"digest": digest},
        )
    return len(captures)


def tombstone(db: sqlite3.Connection, addresses: tuple[str, str]) -> sqlite3.Row | None:
    """Return the newest tombstone of an address, as asked for or in canonical form."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM tombstones WHERE url IN (?, ?) ORDER BY id DESC LIMIT 1", addresses
    ).fetchone()
    return row


def _captures(db: sqlite3.Connection, article_id: int | None, addresses: tuple[str, str]) -> list[dict[str, object]]:
    """The captures of an article are recorded under the article's address, whatever address each came from."""
    if article_id is None:
        rows = db.execute(
            """
            SELECT id, url, digest, fetched_at FROM captures
            WHERE article_id IS NULL AND (url IN (:asked, :canonical) OR requested_url IN (:asked, :canonical))
            """,
            dict(zip(("asked", "canonical"), addresses, strict=True)),
        )
    else:
        rows = db.execute(
            """
            SELECT captures.id, articles.url, captures.digest, captures.fetched_at
            FROM captures JOIN articles ON articles.id = captures.article_id
            WHERE articles.id = :id
            """,
            {"id": article_id},
        )
    return [dict(row) for row in rows.fetchall()]


def _delete_article(db: sqlite3.Connection, article_id: int) -> None:
    parameters = {"id": article_id}
    db.execute("UPDATE articles SET version_id = NULL WHERE id = :id", parameters)
    for table in LISTS:
        db.execute(
            f"DELETE FROM {table} WHERE version_id IN (SELECT id FROM versions WHERE article_id = :id)",  # noqa: S608
            parameters,
        )
    db.execute("DELETE FROM versions WHERE article_id = :id", parameters)
    db.execute("UPDATE captures SET article_id = NULL WHERE article_id = :id", parameters)
    db.execute("DELETE FROM articles WHERE id = :id", parameters)
