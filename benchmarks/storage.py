"""Store articles, beside bare SQLite that does no more than insert the same rows: python -m benchmarks.storage

Two ways in: durably, each article with its page in a transaction of its own (`Archive.save`), and in bulk, records
without pages (`Archive.import_records`). Against them stand loops over sqlite3 with the same pragmas, schema and search
index, which insert the rows that the archive has made: one transaction for each article, and executemany with as many
articles a transaction as the archive takes. In the end both hold the same.

Much of the time goes into working out what the rows hold: packing and digesting the bytes, reading a record, folding
and stemming the text. It is measured by itself (`work`), and each ratio (the archive's speed, the loop's being 1) is
given three times:

    both work  the loop does that work too
    no work    it is left out on both sides: what is left is how the archive writes
    rows only  the archive works, and the loop has been given its rows

The sides take turns, so that what else the machine does meets both. CPU time is the honest clock: a durable transaction
waits for the disk, which by the wall hides the rest.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsarchive.arabic import Analyzer
from newsarchive.archive import Archive, articles, captures, index
from newsarchive.data import wordlists
from newsarchive.models import Article, Credit, Link, Page, Paragraph, Reading
from newsarchive.records import from_record, to_record

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Rows = dict[str, list[tuple[Any, ...]]]
    Indexed = list[tuple[int, str, str]]

PAGE = Path(__file__).parent.parent / "fixtures" / "akhbar-alnahr.example" / "water-plant.html"
WORDS = 430  # in a body: 4.8 kB
BATCH = 500  # articles a transaction, as in `import_records`
ROUND = 50  # durable transactions of one side before it is the other's turn
# table -> what tells the rows of the article with a number: here each has one capture and one version of that number
TABLES = {
    "raw": "rowid",
    "articles": "id",
    "captures": "id",
    "versions": "id",
    "credits": "version_id",
    "authors": "version_id",
    "tags": "version_id",
    "links": "version_id",
    "images": "version_id",
}
CLOCKS = {"wall": time.perf_counter, "CPU": time.process_time}


class Stopwatch:
    """Adds up seconds by what was done and by which clock."""

    def __init__(self) -> None:
        self.seconds: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._turn = 0

    def in_turns(self, archive: Callable[[], None], work: Callable[[], Indexed]) -> Indexed:
        """Time both, each of them first in every second turn: who comes second finds word lists in the CPU's cache."""
        self._turn += 1
        if self._turn % 2:
            with self.timing("archive"):
                archive()
        with self.timing("work"):
            worked = work()
        if not self._turn % 2:
            with self.timing("archive"):
                archive()
        return worked

    @contextmanager
    def timing(self, what: str) -> Iterator[None]:
        before = {clock: now() for clock, now in CLOCKS.items()}
        yield
        for clock, now in CLOCKS.items():
            self.seconds[what, clock] += now() - before[clock]


def invented(count: int, *, folder: str) -> list[Article]:
    """Articles whose words are drawn from the shipped list of forms, each as often as it occurs."""
    counts = wordlists.lexicon().counts
    forms, weights = list(counts), list(accumulate(counts.values()))
    chance = random.Random(1)

    def text(words: int) -> str:
        return " ".join(chance.choices(forms, cum_weights=weights, k=words))

    return [
        Article(
            url=f"https://wadi.example/{folder}/{number}",
            outlet="صدى الوادي",
            headline=text(9),
            source="صدى الوادي- وكالات",
            credits=(Credit(name="وكالات"),),
            tags=(text(2), text(1)),
            body=tuple(Paragraph(text=text(WORDS // 8)) for _ in range(8)),
            related=tuple(
                Link(url=f"https://wadi.example/{folder}/{number + step}", text=text(8), kind="related")
                for step in (1, 2, 3)
            ),
            language="ar",
        )
        for number in range(count)
    ]


def page_of(article: Article) -> Page:
    """A page that serves an article: a theme's markup round its text."""
    body = "".join(f"<p>{paragraph.text}</p>" for paragraph in article.body)
    content = PAGE.read_bytes() + body.encode()
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx"))
    return Page(
        requested_url=article.url,
        url=article.url,
        content=content,
        fetched_at=datetime(2024, 3, 10, tzinfo=UTC),
        status=200,
        headers=headers,
    )


def rows_of(db: sqlite3.Connection, numbers: Sequence[int]) -> Rows:
    """The rows of articles, as they lie in the archive but for what is told afterwards."""
    return {
        table: [
            tuple(None if column == "version_id" and table == "articles" else row[column] for column in row.keys())  # noqa: SIM118
            for number in numbers
            for row in db.execute(f"SELECT * FROM {table} WHERE {key} = ?", (number,))
        ]
        for table, key in TABLES.items()
    }


def statements(rows: Rows) -> list[tuple[str, Sequence[tuple[Any, ...]]]]:
    """What inserts ready rows. An article and its version name one another, so one of the two is told afterwards."""
    told: list[tuple[str, Sequence[tuple[Any, ...]]]] = [
        (f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
        for table, values in rows.items()
        if values and table != "search_index"
    ]
    told.append(("UPDATE articles SET version_id = ?1 WHERE id = ?1", [(row[0],) for row in rows["versions"]]))
    told.append(("INSERT INTO search_index (rowid, body, headline) VALUES (?, ?, ?)", rows["search_index"]))
    return told


def insert(db: sqlite3.Connection, told: list[tuple[str, Sequence[tuple[Any, ...]]]]) -> None:
    """Insert rows in one transaction: what the archive is measured against."""
    db.execute("BEGIN IMMEDIATE")
    for statement, rows in told:
        db.executemany(statement, rows)
    db.execute("COMMIT")


def work(analyzer: Analyzer, article: Article, number: int) -> tuple[int, str, str]:
    """Work out what the rows of an article hold, and return the one of the search index."""
    articles.text_digest(article)
    body = "\n\n".join(paragraph.text for paragraph in article.body)
    return number, analyzer.stems(index.searched(article.subtitle, body)), analyzer.stems(article.headline or "")


def warm_up(given: Sequence[Article], analyzer: Analyzer, folder: Path) -> None:
    """Let imports, word lists and the words that analyzers remember be there before anything is timed."""
    with Archive(folder / "warm.db") as archive:
        for article in given:
            reading = Reading(article=article, encoding="utf-8", encoding_reason="valid UTF-8")
            archive.save(page_of(article), reading, parser_version="1")
            work(analyzer, article, 1)


def measure_durable(given: Sequence[Article], analyzer: Analyzer, ours: Archive, theirs: Archive) -> Stopwatch:
    """Save articles with their pages, each durably, by both sides in turns."""
    watch = Stopwatch()
    for start in range(0, len(given), ROUND):
        block = [(number, article, page_of(article)) for number, article in enumerate(given[start:][:ROUND], start + 1)]

        def save(block: Sequence[tuple[int, Article, Page]] = block) -> None:
            for _, article, page in block:
                reading = Reading(article=article, encoding="utf-8", encoding_reason="valid UTF-8")
                ours.save(page, reading, parser_version="1")

        def prepare(block: Sequence[tuple[int, Article, Page]] = block) -> Indexed:
            for *_, page in block:
                hashlib.sha256(page.content).hexdigest()
                captures.packed(page.content)
            return [work(analyzer, article, number) for number, article, _ in block]

        indexed = watch.in_turns(save, prepare)
        ready = [
            statements(rows_of(ours.db, [number]) | {"search_index": [row]})
            for (number, *_), row in zip(block, indexed, strict=True)
        ]
        with watch.timing("loop"):
            for told in ready:
                insert(theirs.db, told)
    return watch


def measure_bulk(given: Sequence[Article], analyzer: Analyzer, ours: Archive, theirs: Archive) -> Stopwatch:
    """Import records by both sides in turns."""
    watch = Stopwatch()
    for start in range(0, len(given), BATCH):
        records = [to_record(article) for article in given[start:][:BATCH]]
        numbers = range(start + 1, start + len(records) + 1)

        def save(records: Sequence[Mapping[str, Any]] = records) -> None:
            ours.import_records(records)

        def prepare(records: Sequence[Mapping[str, Any]] = records, numbers: Sequence[int] = numbers) -> Indexed:
            pairs = zip(records, numbers, strict=True)
            return [work(analyzer, from_record(record), number) for record, number in pairs]

        indexed = watch.in_turns(save, prepare)
        told = statements(rows_of(ours.db, numbers) | {"search_index": indexed})
        with watch.timing("loop"):
            insert(theirs.db, told)
    return watch


def check_same(ours: Archive, theirs: Archive) -> None:
    """Both sides must hold the same in the end, or nothing was compared."""
    tables = [*TABLES, "search_index_docsize", "search_index_data"]
    for table in tables:
        held = [[tuple(row) for row in side.db.execute(f"SELECT * FROM {table}")] for side in (ours, theirs)]
        assert held[0] == held[1], table


def report(what: str, count: int, watch: Stopwatch) -> None:
    for clock in CLOCKS:
        archive, loop, worked = (watch.seconds[side, clock] for side in ("archive", "loop", "work"))
        ratios = ((loop + worked) / archive, loop / (archive - worked), loop / archive)
        times = "".join(f"{1000 * seconds / count:>10.2f}" for seconds in (archive, loop, worked))
        print(f"{what:<10}{clock:<6}{times}" + "".join(f"{ratio:>11.2f}" for ratio in ratios))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--durable", type=int, default=1000, help="articles to save one by one")
    parser.add_argument("--bulk", type=int, default=5000, help="records to import")
    parser.add_argument("--folder", type=Path, help="where to write; a folder on the disk to be measured")
    options = parser.parse_args()
    analyzer = Analyzer(wordlists.lexicon())
    print(
        f"{'ms an article':<16}{'archive':>10}{'loop':>10}{'work':>10}{'both work':>11}{'no work':>11}{'rows only':>11}"
    )
    for what, count, measure in (("durable", options.durable, measure_durable), ("bulk", options.bulk, measure_bulk)):
        given = invented(count, folder=what)
        with (
            tempfile.TemporaryDirectory(dir=options.folder) as folder,
            Archive(Path(folder) / "ours.db") as ours,
            Archive(Path(folder) / "theirs.db") as theirs,
        ):
            warm_up(invented(200, folder="warm"), analyzer, Path(folder))
            watch = measure(given, analyzer, ours, theirs)
            check_same(ours, theirs)
        report(what, count, watch)


if __name__ == "__main__":
    main()
