"""The schema, one named migration after another. Appended to, never edited: released archives rest on it.

What each table and column is for stands in docs/schema.md. The number of applied migrations is the file's
`user_version`, so that a reader sees a newer archive before it opens it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from newsarchive.archive import index
from newsarchive.archive.connection import APPLICATION_ID, SCHEMA_VERSION, transaction

if TYPE_CHECKING:
    import sqlite3

migrations = Migrations("newsarchive")


@migrations()
def m001_captures_articles_versions(db: Database) -> None:
    for statement in _M001:
        db.execute(statement)


_M001 = (
    """
    CREATE TABLE raw (
        digest TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        codec TEXT NOT NULL,
        reference TEXT REFERENCES raw (digest),
        content BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        identity TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        host TEXT NOT NULL,
        outlet TEXT,
        version_id INTEGER REFERENCES versions (id) DEFERRABLE INITIALLY DEFERRED,
        first_captured_at TEXT NOT NULL,
        last_captured_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE captures (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER REFERENCES articles (id),
        requested_url TEXT NOT NULL,
        url TEXT NOT NULL,
        redirects TEXT,
        status INTEGER,
        headers TEXT,
        conditions TEXT,
        fetched_at TEXT NOT NULL,
        capture_source TEXT NOT NULL,
        digest TEXT REFERENCES raw (digest),
        encoding TEXT,
        encoding_reason TEXT,
        parser_version TEXT,
        refusal TEXT,
        note TEXT
    )
    """,
    "CREATE INDEX captures_of_article ON captures (article_id)",
    "CREATE INDEX captures_of_requested_url ON captures (requested_url)",
    "CREATE INDEX captures_of_digest ON captures (digest)",
    """
    CREATE TABLE versions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles (id),
        capture_id INTEGER NOT NULL REFERENCES captures (id),
        captured_at TEXT NOT NULL,
        text_digest TEXT NOT NULL,
        headline TEXT,
        subtitle TEXT,
        labels TEXT,
        source TEXT,
        section TEXT,
        published_at TEXT,
        published_offset TEXT,
        published_precision TEXT,
        published_text TEXT,
        modified_at TEXT,
        modified_offset TEXT,
        modified_precision TEXT,
        modified_text TEXT,
        language TEXT,
        body TEXT NOT NULL,
        body_kinds TEXT,
        site TEXT,
        provenance TEXT
    )
    """,
    "CREATE INDEX versions_of_article ON versions (article_id)",
    "CREATE INDEX versions_by_published_at ON versions (published_at)",
    """
    CREATE TABLE credits (
        version_id INTEGER NOT NULL REFERENCES versions (id),
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        agency TEXT,
        PRIMARY KEY (version_id, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE authors (
        version_id INTEGER NOT NULL REFERENCES versions (id),
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (version_id, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE tags (
        version_id INTEGER NOT NULL REFERENCES versions (id),
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (version_id, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE links (
        version_id INTEGER NOT NULL REFERENCES versions (id),
        position INTEGER NOT NULL,
        url TEXT NOT NULL,
        text TEXT NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (version_id, position)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX links_to_url ON links (url)",
    """
    CREATE TABLE images (
        version_id INTEGER NOT NULL REFERENCES versions (id),
        position INTEGER NOT NULL,
        url TEXT NOT NULL,
        caption TEXT,
        credit TEXT,
        PRIMARY KEY (version_id, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE tombstones (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        url TEXT NOT NULL,
        digest TEXT,
        fetched_at TEXT NOT NULL,
        forgotten_at TEXT NOT NULL,
        reason TEXT
    )
    """,
)


@migrations()
def m002_sites_and_queue(db: Database) -> None:
    for statement in _M002:
        db.execute(statement)


_M002 = (
    """
    CREATE TABLE sites (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        host TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        outlet TEXT,
        added_at TEXT NOT NULL,
        paused_at TEXT
    )
    """,
    """
    CREATE TABLE queue (
        identity TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        kind TEXT NOT NULL,
        site_id INTEGER NOT NULL REFERENCES sites (id),
        priority INTEGER NOT NULL,
        depth INTEGER NOT NULL,
        found_in TEXT,
        since TEXT,
        next_try_at TEXT,
        attempts INTEGER NOT NULL,
        visits INTEGER NOT NULL,
        last_error TEXT,
        last_new_at TEXT,
        etag TEXT,
        last_modified TEXT,
        whole_url TEXT,
        whole_at TEXT
    )
    """,
    "CREATE INDEX queue_by_due ON queue (site_id, next_try_at, priority)",
    """
    CREATE TABLE hosts (
        host TEXT PRIMARY KEY,
        next_at TEXT,
        paused_until TEXT,
        reason TEXT,
        failures INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE robots (
        origin TEXT PRIMARY KEY,
        asked_at TEXT NOT NULL,
        answered_at TEXT,
        text TEXT
    ) WITHOUT ROWID
    """,
    "ALTER TABLE articles ADD COLUMN gone_at TEXT",
    "ALTER TABLE articles ADD COLUMN gone_reason TEXT",
    "CREATE INDEX articles_of_host ON articles (host)",
)


@migrations()
def m003_search(db: Database) -> None:
    for statement in _M003:
        db.execute(statement)
    if not db["versions"].count:
        index.record(db.conn)


_M003 = (
    "CREATE VIRTUAL TABLE search_index USING fts5(body, headline, content='', tokenize='ascii')",
    "INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 4194304)",
    """
    CREATE TABLE search_lists (
        name TEXT PRIMARY KEY,
        text TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an archive to this version's schema in one transaction."""
    with transaction(connection):
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.apply(Database(connection))
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
