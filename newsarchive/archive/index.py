"""The search index: which versions' texts are in it, by which word lists it was made, how it is made anew.

A row belongs to a version and is never changed or deleted by itself: superseded and forgotten versions are hidden
by a join and swept by `rebuild`. How it is searched stands in searching.py.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from newsarchive.arabic import WORD, Analyzer, spelling
from newsarchive.archive.connection import transaction
from newsarchive.data import wordlists

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

# The body stands first: FTS5 spends two bytes a word and row on every column but the first.
_CREATE = "CREATE VIRTUAL TABLE {} USING fts5(body, headline, content='', tokenize='ascii')"
_GATHER = "INSERT INTO {0} ({0}, rank) VALUES ('hashsize', 4194304)"  # bytes in memory before FTS5 writes a segment
_MADE_BY = "made by"  # the row of search_lists that is no list: by which shipped and added lists the index was made
_BATCH = 500
_LEAST_COUNT = 10  # occurrences from which on a word of the archive's own is listed
_MOST_WORDS = 20_000
_COUNTED_IN = 1_000_000_000
_ARABIC = re.compile("[\u0621-\u064a]{3,20}")


def add(connection: sqlite3.Connection, version_id: int, headline: str | None, text: str) -> None:
    """Index a version by its headline and what else of it is `searched`, within the caller's transaction."""
    _insert(connection, "search_index", analyzer(connection), version_id, headline, text)


def analyzer(connection: sqlite3.Connection) -> Analyzer:
    """Return the analyzer of an archive: the shipped lists and those that `rebuild` stored."""
    made_by = _made_by(connection)
    if made_by not in _analyzers:
        _analyzers.clear()  # one archive is open at a time; what another one added is let go
        _analyzers[made_by] = Analyzer(wordlists.lexicon(_added(connection)))
    return _analyzers[made_by]


def is_due(connection: sqlite3.Connection) -> bool:
    """Tell whether the index was made by other lists than those of today, so that words may be missed."""
    return _made_by(connection) != _lists(_added(connection))


def record(connection: sqlite3.Connection) -> None:
    """Note that the index, which must be empty, is made by the shipped lists."""
    _store(connection, ((_MADE_BY, _lists(())),))


def rebuild(
    connection: sqlite3.Connection, own: wordlists.Texts = (), progress: Callable[[int, int], None] | None = None
) -> int:
    """Make the index anew by today's lists, `own` and the archive's words; return how many versions are in it.

    It is made beside the old one, which is searched until the last moment and stays if this is interrupted.
    """
    total = connection.execute("SELECT count(*) FROM versions").fetchone()[0]
    added = tuple(sorted((*own, (wordlists.FREQUENCIES, _own_words(connection)))))
    with transaction(connection):
        connection.execute("DROP TABLE IF EXISTS search_index_new")
        connection.execute(_CREATE.format("search_index_new"))
        connection.execute(_GATHER.format("search_index_new"))
    by, done = Analyzer(wordlists.lexicon(added)), 0
    for rows in _versions(connection):
        with transaction(connection):
            for row in rows:
                _insert(connection, "search_index_new", by, row["id"], row["headline"], text_of(row))
        done += len(rows)
        if progress:
            progress(done, total)
    with transaction(connection):
        connection.execute("INSERT INTO search_index_new (search_index_new) VALUES ('optimize')")
        connection.execute("DROP TABLE search_index")
        connection.execute("ALTER TABLE search_index_new RENAME TO search_index")
        connection.execute("DELETE FROM search_lists")
        _store(connection, (*added, (_MADE_BY, _lists(added))))
    return done


def searched(subtitle: str | None, body: str) -> str:
    """Return what of a version is searched besides the headline."""
    return f"{subtitle}\n\n{body}" if subtitle else body


def text_of(row: sqlite3.Row) -> str:
    """Return the same of a row of versions."""
    return searched(row["subtitle"], row["body"])


_analyzers: dict[str | None, Analyzer] = {}


def _made_by(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT text FROM search_lists WHERE name = ?", (_MADE_BY,)).fetchone()
    return row[0] if row else None


def _lists(added: wordlists.Texts) -> str:
    """Return what tells lists apart: a digest of all that decides the index, and one of all that is added."""
    own = blake2b(repr(added).encode(), digest_size=8).hexdigest()
    return f"{wordlists.digest(added)} {own}"


def _added(connection: sqlite3.Connection) -> wordlists.Texts:
    rows = connection.execute("SELECT name, text FROM search_lists WHERE name != ? ORDER BY name", (_MADE_BY,))
    return tuple((row[0], row[1]) for row in rows)


def _insert(
    connection: sqlite3.Connection, table: str, by: Analyzer, version_id: int, headline: str | None, text: str
) -> None:
    connection.execute(
        f"INSERT INTO {table} (rowid, body, headline) VALUES (?, ?, ?)",  # noqa: S608  # one of our two tables
        (version_id, by.stems(text), by.stems(headline or "")),
    )


def _store(connection: sqlite3.Connection, texts: wordlists.Texts) -> None:
    connection.executemany("INSERT OR REPLACE INTO search_lists (name, text) VALUES (?, ?)", texts)


def _versions(connection: sqlite3.Connection) -> Iterator[list[sqlite3.Row]]:
    last = 0
    while rows := connection.execute(
        "SELECT id, headline, subtitle, body FROM versions WHERE id > ? ORDER BY id LIMIT ?", (last, _BATCH)
    ).fetchall():
        yield rows
        last = rows[-1]["id"]


def _own_words(connection: sqlite3.Connection) -> str:
    """Return the frequent words of the archive that the shipped list lacks, as frequencies.txt has them."""
    words: Counter[str] = Counter()
    for rows in _versions(connection):
        for row in rows:
            words.update(WORD.findall(text_of(row)))
    forms: Counter[str] = Counter()
    for word, count in words.items():
        forms[spelling(word)] += count
    known, total = wordlists.lexicon().counts, max(1, forms.total())
    own = [
        (form, count)
        for form, count in forms.most_common()
        if count >= _LEAST_COUNT and form not in known and _ARABIC.fullmatch(form)
    ]
    return wordlists.counted({form: _COUNTED_IN * count // total for form, count in own[:_MOST_WORDS]})
