"""The search engines that benchmarks.search compares, each behind the same few methods. What is measured is not here.

A query is bare words, or as a whole one "quoted phrase". newsarchive is given it as it is typed; the others look for
any of the words, since with all of them they find less.
"""

from __future__ import annotations

import re
import sqlite3
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

import newsarchive
from newsarchive.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from benchmarks.search_data import Document

INSTALL = (
    "tantivy is not installed in this environment, so its lines are left out; to have them: "
    "python -m venv build/peers && build/peers/bin/pip install . tantivy, and run this with build/peers/bin/python"
)
_HEADLINE_WEIGHT = 5
# Letters and digits; harakat and superscript alef do not end a word.
_WORD = re.compile("[\\w\u064b-\u0652\u0670]+")
_QUOTED = re.compile('"[^"]+"')


class System(Protocol):
    """A search engine with an index of its own in an empty folder."""

    def __init__(self, folder: Path) -> None: ...

    def add(self, documents: Iterable[Document]) -> None:
        """Index documents for good."""

    def search(self, query: str, limit: int) -> list[str]:
        """Return the ids of the best documents, best first."""

    def index_bytes(self) -> int:
        """Return how large the index is, texts and anything else that is stored beside it not counted."""

    def close(self) -> None: ...


class NewsArchive:
    """newsarchive by its public names."""

    def __init__(self, folder: Path) -> None:
        self._archive = newsarchive.Archive(folder / "archive.db").__enter__()

    def add(self, documents: Iterable[Document]) -> None:
        self._archive.import_records(map(_record, documents))

    def search(self, query: str, limit: int) -> list[str]:
        try:
            hits = self._archive.search(query, limit=limit)
        except QueryError:  # what is refused, such as a question mark alone, finds nothing
            return []
        return [hit.url.rpartition("/")[2] for hit in hits]

    def index_bytes(self) -> int:
        return _bytes_of_table(self._archive.db, "search_index")

    def close(self) -> None:
        self._archive.__exit__(None, None, None)


class Fts5:
    """SQLite's full-text search with the tokenizer that is made for all scripts, as Datasette and sqlite-utils use."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.db")
        self._db.execute(
            "CREATE VIRTUAL TABLE texts"
            " USING fts5(id UNINDEXED, headline, body, tokenize='unicode61 remove_diacritics 2')"
        )

    def add(self, documents: Iterable[Document]) -> None:
        rows = ((document.id, document.headline, document.body) for document in documents)
        with self._db:
            self._db.executemany("INSERT INTO texts VALUES (?, ?, ?)", rows)

    def search(self, query: str, limit: int) -> list[str]:
        wanted = " OR ".join(phrases(query))
        found = self._db.execute(
            f"SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, {_HEADLINE_WEIGHT}, 1) LIMIT ?",
            (wanted or '""', limit),
        )
        return [row[0] for row in found]

    def index_bytes(self) -> int:
        return _bytes_of_table(self._db, "texts")

    def close(self) -> None:
        self._db.close()


class Tantivy:
    """tantivy with its Arabic stemmer, which is Snowball's; one thread that writes, one that searches."""

    def __init__(self, folder: Path) -> None:
        import tantivy  # type: ignore[import-not-found, unused-ignore]

        self._folder, self._tantivy = folder, tantivy
        fields = tantivy.SchemaBuilder()
        fields.add_text_field("id", stored=True, tokenizer_name="raw")
        for field in ("headline", "body"):
            fields.add_text_field(field, tokenizer_name="arabic")
        self._index = tantivy.Index(fields.build(), path=str(folder))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for change in (tantivy.Filter.lowercase(), tantivy.Filter.stemmer("arabic")):
            analyzer = analyzer.filter(change)
        self._index.register_tokenizer("arabic", analyzer.build())
        self._searcher: Any = None

    def add(self, documents: Iterable[Document]) -> None:
        writer = self._index.writer(num_threads=1)
        for document in documents:
            texts = {"id": document.id, "headline": document.headline or "", "body": document.body}
            writer.add_document(self._tantivy.Document(**texts))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: str, limit: int) -> list[str]:
        wanted = self._index.parse_query(
            " ".join(phrases(query)), ["headline", "body"], field_boosts={"headline": float(_HEADLINE_WEIGHT)}
        )
        found = self._searcher.search(wanted, limit, count=False)
        return [self._searcher.doc(address)["id"][0] for _, address in found.hits]

    def index_bytes(self) -> int:
        return sum(file.stat().st_size for file in self._folder.iterdir())

    def close(self) -> None:
        self._searcher = self._index = None


def systems() -> dict[str, type[System]]:
    """Return the systems that can run in this environment."""
    always: dict[str, type[System]] = {"newsarchive": NewsArchive, "FTS5 unicode61": Fts5}
    return always | {"tantivy Arabic": Tantivy} if find_spec("tantivy") else always


def phrases(query: str) -> list[str]:
    """Return the words of a query, each quoted, or the one phrase that it is."""
    words = _WORD.findall(query)
    if _QUOTED.fullmatch(query):
        return [f'"{" ".join(words)}"']
    return [f'"{word}"' for word in words]


def _record(document: Document) -> dict[str, Any]:
    return {
        "url": f"https://documents.example/{document.id}",
        "headline": document.headline,
        "body": document.body.split("\n\n"),
        "published_at": document.published,
        "outlet": document.outlet,
    }


def _bytes_of_table(db: sqlite3.Connection, table: str) -> int:
    """Return the size of an FTS5 table's index and lengths; the pages that hold these are some 3 % larger."""
    sizes = (("data", "block"), ("docsize", "sz"))
    return sum(db.execute(f"SELECT sum(length({column})) FROM {table}_{part}").fetchone()[0] for part, column in sizes)
