"""What became of articles over time: the versions of one, edits and removals of all. Reads; judges no difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newsarchive.archive import articles
from newsarchive.records import timestamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime

    from newsarchive.models import Article

_SELECT_VERSION = """
    SELECT versions.*, articles.url, articles.outlet, captures.parser_version
    FROM versions
    JOIN articles ON articles.id = versions.article_id
    JOIN captures ON captures.id = versions.capture_id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """A state of an article: its `number` counts from 1 within the article, its `id` is unique in the archive.

    `parser_version` is None for an imported record.
    """

    number: int
    id: int
    captured_at: str
    article: Article
    parser_version: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """An article's versions, oldest first, and when and why it was found gone."""

    article_id: int
    url: str
    gone_at: str | None
    gone_reason: str | None
    versions: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An edit, from the `older` version to the `newer`; or a removal, with the last version and the reason.

    `at` is when the archive saw it, UTC.
    """

    kind: Literal["edited", "removed"]
    at: str
    article_id: int
    url: str
    older: Version | None
    newer: Version
    reason: str | None


def history(db: sqlite3.Connection, article_id: int) -> History:
    """Return the history of an article that is in the archive."""
    article = db.execute("SELECT url, gone_at, gone_reason FROM articles WHERE id = :id", {"id": article_id}).fetchone()
    rows = db.execute(f"{_SELECT_VERSION} WHERE versions.article_id = :id ORDER BY versions.id", {"id": article_id})
    return History(
        article_id=article_id,
        url=article["url"],
        gone_at=article["gone_at"],
        gone_reason=article["gone_reason"],
        versions=tuple(_version(db, row, number) for number, row in enumerate(rows.fetchall(), 1)),
    )


def changes(db: sqlite3.Connection, *, since: datetime, site: str | None) -> Iterator[Change]:
    """Yield edits and removals since a time, newest first; first versions are no edits."""
    rows = db.execute(
        """
        WITH numbered AS (
            SELECT id, article_id, row_number() OVER of_article AS number, lag(id) OVER of_article AS older_id
            FROM versions
            WINDOW of_article AS (PARTITION BY article_id ORDER BY id)
        )
        SELECT 'edited' AS kind, versions.captured_at AS at, articles.id AS article_id, articles.url,
            older_id, versions.id AS newer_id, number, NULL AS reason
        FROM numbered
        JOIN versions ON versions.id = numbered.id
        JOIN articles ON articles.id = numbered.article_id
        WHERE older_id IS NOT NULL AND versions.captured_at >= :since AND (:site IS NULL OR articles.host = :site)
        UNION ALL
        SELECT 'removed', gone_at, id, url, NULL, version_id,
            (SELECT count(*) FROM versions WHERE versions.article_id = articles.id), gone_reason
        FROM articles
        WHERE gone_at >= :since AND (:site IS NULL OR host = :site)
        ORDER BY at DESC, newer_id DESC
        """,
        {"since": timestamp(since), "site": site},
    )
    for row in rows:
        yield Change(
            kind=row["kind"],
            at=row["at"],
            article_id=row["article_id"],
            url=row["url"],
            older=_find(db, row["older_id"], row["number"] - 1) if row["older_id"] is not None else None,
            newer=_find(db, row["newer_id"], row["number"]),
            reason=row["reason"],
        )


def _find(db: sqlite3.Connection, version_id: int, number: int) -> Version:
    row = db.execute(f"{_SELECT_VERSION} WHERE versions.id = :id", {"id": version_id}).fetchone()
    return _version(db, row, number)


def _version(db: sqlite3.Connection, row: sqlite3.Row, number: int) -> Version:
    return Version(
        number=number,
        id=row["id"],
        captured_at=row["captured_at"],
        article=articles.load(db, row),
        parser_version=row["parser_version"],
    )
