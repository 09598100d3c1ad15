"""Verifying: whether everything that an archive holds is still what was stored. Reads only; repairs nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsarchive.archive import articles, captures, connection
from newsarchive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Progress = Callable[[str, int, int], None]

_MOST_FROM_SQLITE = 100  # lines; of a file that is damaged all over nobody reads more
_VERSION = """
    SELECT versions.*, articles.url, articles.outlet
    FROM versions JOIN articles ON articles.id = versions.article_id WHERE versions.id = ?
"""
_BROKEN = (ArchiveError, sqlite3.Error, *connection.UNREADABLE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Flaw:
    """Something that is wrong: in which part of the archive, where in it, and what."""

    part: str
    place: str
    reason: str


def flaws(db: sqlite3.Connection, *, quick: bool, progress: Progress | None = None) -> Iterator[Flaw]:
    """Yield what is wrong with an archive; one part that cannot be read does not keep the others from being looked at.

    A quick look leaves out what must read every byte: stored bytes against their digests, the rows that tables and
    indexes share, the text of versions, and the search index. `progress` is told what is counted, how many are done
    and how many there are.
    """
    checks = [("file", _file(db, quick=quick)), ("references", _references(db)), ("versions", _origins(db))]
    if not quick:
        checks += [("raw", _raw(db, progress)), ("versions", _texts(db, progress)), ("index", _index(db))]
    for part, check in checks:
        try:
            yield from check
        except _BROKEN as e:
            yield Flaw(part=part, place="-", reason=_reason(e))


def _file(db: sqlite3.Connection, *, quick: bool) -> Iterator[Flaw]:
    """What SQLite says of its pages, tables and indexes."""
    for row in db.execute(f"PRAGMA {'quick_check' if quick else 'integrity_check'}({_MOST_FROM_SQLITE})"):
        for line in row[0].splitlines():
            if line != "ok" and not line.startswith("***"):  # a headline
                yield Flaw(part="file", place="-", reason=line)


def _references(db: sqlite3.Connection) -> Iterator[Flaw]:
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check"):
        place = "-" if rowid is None else f"row {rowid}"
        yield Flaw(part=table, place=place, reason=f"belongs to a row of {parent} that is not there")


def _origins(db: sqlite3.Connection) -> Iterator[Flaw]:
    """Versions without a page that they were read from, articles without a version."""
    without_page = db.execute(
        """
        SELECT versions.id FROM versions LEFT JOIN captures ON captures.id = versions.capture_id
        LEFT JOIN raw ON raw.digest = captures.digest
        WHERE captures.id IS NULL OR captures.capture_source <> 'import' AND raw.digest IS NULL
        """
    )
    for (number,) in without_page:
        yield Flaw(part="versions", place=f"row {number}", reason="has no page that it was read from")
    without_version = db.execute(
        """
        SELECT articles.id FROM articles LEFT JOIN versions ON versions.id = articles.version_id
        WHERE versions.article_id IS NOT articles.id
        """
    )
    for (number,) in without_version:
        yield Flaw(part="articles", place=f"row {number}", reason="has no version of its own")


def _raw(db: sqlite3.Connection, progress: Progress | None) -> Iterator[Flaw]:
    """Stored bytes that are not the ones their digest was made of."""
    for rowid in _rowids(db, "raw", "pages", progress):
        digest = None
        try:
            row = db.execute("SELECT digest FROM raw WHERE rowid = ?", (rowid,)).fetchone()
            if row is not None:
                digest = row["digest"]
                captures.raw(db, digest)
        except _BROKEN as e:
            yield Flaw(part="raw", place=str(digest or f"row {rowid}"), reason=_reason(e))


def _texts(db: sqlite3.Connection, progress: Progress | None) -> Iterator[Flaw]:
    """Versions whose row no longer reads as an article, or as one with another text."""
    for number in _rowids(db, "versions", "versions", progress):
        try:
            row = db.execute(_VERSION, (number,)).fetchone()
            is_same = row is None or articles.text_digest(articles.load(db, row)) == row["text_digest"]
        except _BROKEN as e:
            yield Flaw(part="versions", place=f"row {number}", reason=_reason(e))
        else:
            if not is_same:
                yield Flaw(part="versions", place=f"row {number}", reason="its text is not the one of its digest")


def _rowids(db: sqlite3.Connection, table: str, what: str, progress: Progress | None) -> Iterator[int]:
    """Every number up to the last row's: rows are asked for one by one, so that a damaged one hides no other."""
    last = db.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0  # noqa: S608  # one of the names above
    for rowid in range(1, last + 1):
        if progress is not None:
            progress(what, rowid, last)
        yield rowid


def _index(db: sqlite3.Connection) -> Iterator[Flaw]:
    """What FTS5 says of the search index.

    SQLite before 3.44 only says so to a connection that may write, and is asked about a copy of the index; since then
    it is part of `integrity_check`.
    """
    if sqlite3.sqlite_version_info >= (3, 44):
        return
    made = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'")
    for name, sql in made.fetchall():
        with connection.snapshot(db), closing(sqlite3.connect("")) as copy:
            copy.execute(sql)
            kept_in = [table for (table,) in copy.execute("SELECT name FROM sqlite_schema") if table != name]
            for table in kept_in:
                _copy_rows(db, copy, table)
            try:
                copy.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")  # noqa: S608
            except sqlite3.DatabaseError as e:
                yield Flaw(part="index", place=name, reason=f"{e}; `newsarchive reindex` makes it anew")


def _copy_rows(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608  # a name out of the schema, here and below
    target.execute(f"DELETE FROM {table}")  # noqa: S608
    target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.description))})", rows)  # noqa: S608


def _reason(error: Exception) -> str:
    if isinstance(error, ArchiveError):
        return error.reason
    return str(error) if isinstance(error, sqlite3.Error) else f"cannot be read: {type(error).__name__}: {error}"
