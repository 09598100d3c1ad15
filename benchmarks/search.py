"""How well and how fast articles are found: python -m benchmarks.search [--quality] [--speed] [--process]

newsarchive beside SQLite's FTS5 with its unicode61 tokenizer, and beside tantivy with its Arabic stemmer where that is
installed in the environment that runs this. Without a section all three are run. The data are query sets with known
answers, in ../shared/data/search beside the checkout or in the folder given by --data.

--quality: each query asks for 100 hits; one that finds nothing counts 0.
  nDCG@10   how high the right articles stand among the first ten: 1 where nothing could stand better
  rec@100   the part of the right articles that is among the first hundred
  must      pairs of a word and a phrase with another spelling or form of it, where the word found the phrase
  must not  pairs that only look alike, where the word did not find the phrase
--speed: each system and each number of articles in a process of its own; those beyond the data set are made of the
halves of two others. All times are CPU times, all threads together.
  1st, 2nd half/s  articles imported (parsed, stored, indexed) a CPU-second: in the second half words are remembered
  index B          bytes of the index an article, without what is stored of the text
  p50 p95          CPU milliseconds for 20 hits, median and 95th percentile of 50 queries of a kind, each asked once:
                   common word   a word that 5 to 50 % of the articles have
                   middle word   0.5 to 5 %
                   rare word     less than 0.05 %
                   three words   of one article, each of which 0.5 to 10 % of the articles have
                   phrase        two neighbouring words, quoted
--process: CPU milliseconds of the whole command `newsarchive`, start included, on 10,000 articles.
  least, median    of 7 runs; --version shows what the start alone takes
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from benchmarks.search_data import KINDS, Document, halves_joined, read, rows, typical_queries
from benchmarks.search_systems import INSTALL, NewsArchive, systems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from benchmarks.search_systems import System

_Result = TypeVar("_Result")

DATA = Path(__file__).parents[2] / "shared" / "data" / "search"
# articles, added to those before -> what is then asked: title, queries, answers. All are indexed without headlines:
# some queries are the headlines, and paragraphs of an encyclopedia, which have none, would stand behind whatever has.
QUERY_SETS = {
    "radio.jsonl.gz": (
        ("radio, headlines", "radio.headlines.tsv", "radio.qrels.tsv"),
        ("radio, three words", "radio.keywords.tsv", "radio.qrels.tsv"),
    ),
    "wiki.jsonl.gz": (("wiki, questions", "wiki.questions.tsv", "wiki.qrels.tsv"),),
}
PAPERS = "papers.jsonl.gz"
PROBE = "probe.tsv"
RUNS = 7  # of a process
DISK = 6_000  # bytes that the largest of the systems takes for an article


class Quality(NamedTuple):
    """What a system scored: nDCG@10 and recall@100 of each set, and of the probe the right pairs and all of them."""

    sets: dict[str, tuple[float, float]]
    must: tuple[int, int]
    must_not: tuple[int, int]


class Speed(NamedTuple):
    """What a system took: articles a CPU-second in both halves, index bytes an article, milliseconds by kind."""

    rates: tuple[float, float]
    index_bytes: float
    times: dict[str, tuple[float, float]]


class Drawn:
    """Documents as they are drawn, and how many seconds this thread has spent on making them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = iter(documents)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Document]:
        return self

    def __next__(self) -> Document:
        before = time.thread_time()
        try:
            return next(self._documents)
        finally:
            self.seconds += time.thread_time() - before


def ndcg(found: Sequence[str], wanted: Mapping[str, int], depth: int = 10) -> float:
    """Return the discounted gain of the first hits, of which each grade g is worth 2^g - 1, as part of the best."""
    best = _discounted(sorted(wanted.values(), reverse=True)[:depth])
    return _discounted([wanted.get(name, 0) for name in found[:depth]]) / best if best else 0.0


def recall(found: Iterable[str], wanted: Mapping[str, int]) -> float:
    """Return the part of what is wanted that was found."""
    right = {name for name, grade in wanted.items() if grade > 0}
    return len(right.intersection(found)) / len(right) if right else 0.0


def percentile(values: Iterable[float], part: float) -> float:
    """Return the least value that such a part of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def score_set(system: System, queries: Path, answers: Path) -> tuple[float, float]:
    """Return the mean nDCG@10 and recall@100 of the queries that have an answer."""
    wanted: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for query, document, grade in rows(answers):
        wanted[query][document] = int(grade)
    found = [(system.search(text, 100), wanted[query]) for query, text in rows(queries) if query in wanted]
    return statistics.fmean(ndcg(*pair) for pair in found), statistics.fmean(recall(*pair) for pair in found)


def score_probe(system: System, pairs: Sequence[Sequence[str]]) -> dict[bool, tuple[int, int]]:
    """Return how many pairs are right and how many there are, of those that must be found and those that must not."""
    system.add(Document(id=f"p{number}", headline=None, body=phrase) for number, (_, phrase, *_) in enumerate(pairs))
    right: dict[bool, list[bool]] = {True: [], False: []}
    for number, (query, _, expected, *_) in enumerate(pairs):
        must = expected == "1"
        right[must].append((f"p{number}" in system.search(query, len(pairs))) is must)
    return {must: (sum(each), len(each)) for must, each in right.items()}


def measure_quality(name: str, data: Path, folder: Path) -> Quality:
    """Return what a system scores on all sets and on the probe."""
    sets: dict[str, tuple[float, float]] = {}
    with closing(systems()[name](_new(folder))) as system:
        for file, query_sets in QUERY_SETS.items():
            system.add(document._replace(headline=None) for document in read(data / file))
            for title, queries, answers in query_sets:
                sets[title] = score_set(system, data / queries, data / answers)
    with closing(systems()[name](_new(folder))) as system:
        probed = score_probe(system, rows(data / PROBE)[1:])
    return Quality(sets, must=probed[True], must_not=probed[False])


def measure_speed(name: str, data: Path, folder: Path, articles: int) -> Speed:
    """Return how fast a system imports so many articles in two halves, and answers queries of each kind."""
    given = read(data / PAPERS)
    queries = typical_queries(given)
    drawn = halves_joined(given, articles)
    with closing(systems()[name](_new(folder))) as system:
        rates = (_rate(system, drawn, articles // 2), _rate(system, drawn, articles - articles // 2))
        times = {kind: [_milliseconds(system, query) for query in asked] for kind, asked in queries.items()}
        size = system.index_bytes()
    figures = {kind: (statistics.median(taken), percentile(taken, 0.95)) for kind, taken in times.items()}
    return Speed(rates, size / articles, figures)


def measure_process(data: Path, folder: Path) -> dict[str, list[float]]:
    """Return the CPU milliseconds of each run of the command, by what it is asked."""
    given = read(data / PAPERS)
    with closing(NewsArchive(folder)) as system:
        system.add(given)
    queries = typical_queries(given)
    asked = {"--version": ["--version"]}
    for kind in ("common word", "three words"):
        asked[kind] = ["search", "--db", str(folder / "archive.db"), queries[kind][0]]
    return {kind: [_cpu_of_process(arguments) for _ in range(RUNS)] for kind, arguments in asked.items()}


def _discounted(gains: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(gains))


def _new(folder: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=folder))


def _rate(system: System, documents: Iterator[Document], count: int) -> float:
    """Return articles a CPU-second, the seconds in which they are made not counted."""
    drawn = Drawn(islice(documents, count))
    before = time.process_time()
    system.add(drawn)
    return count / (time.process_time() - before - drawn.seconds)


def _milliseconds(system: System, query: str) -> float:
    before = time.process_time()
    system.search(query, 20)
    return 1000 * (time.process_time() - before)


def _cpu_of_process(arguments: list[str]) -> float:
    """Return the CPU milliseconds of the command, which must find something."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", "from newsarchive.cli import main; main()", *arguments]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert printed, arguments
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def apart(measure: Callable[..., _Result], *arguments: object, within: Path | None, **options: object) -> _Result:
    """Return what a function measures in a process and a folder of its own, which is deleted in any case."""
    with (
        tempfile.TemporaryDirectory(prefix="newsarchive-search-", dir=within) as folder,
        ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool,
    ):
        return pool.submit(measure, *arguments, folder=Path(folder), **options).result()


def show_quality(data: Path, within: Path | None) -> None:
    """Print a row a system: two figures a set, and of the probe how many pairs are right of how many."""
    titles = [title for query_sets in QUERY_SETS.values() for title, *_ in query_sets]
    print(f"{'':16}" + "".join(f"{title:>22}" for title in (*titles, "probe")))
    print(f"{'':16}" + f"{'nDCG@10':>13}{'rec@100':>9}" * len(titles) + f"{'must':>12}{'must not':>10}")
    for name in systems():
        tell(f"{name}: query sets and probe …")
        quality = apart(measure_quality, name, data, within=within)
        figures = "".join(f"{gain:>13.3f}{found:>9.3f}" for gain, found in quality.sets.values())
        probe = (f"{right}/{all_}" for right, all_ in (quality.must, quality.must_not))
        print(f"{name:16}{figures}" + "{:>12}{:>10}".format(*probe), flush=True)


def show_speed(data: Path, sizes: Iterable[int], within: Path | None) -> None:
    """Print a row a system and number of articles."""
    print(f"{'':47}" + "".join(f"{kind:>16}" for kind in KINDS))
    print(f"{'':16}{'articles':>9}{'1st half/s':>12}{'2nd':>7}{'index B':>9}" + f"{'p50':>8}{'p95':>8}" * len(KINDS))
    for articles in sizes:
        for name in systems():
            needed = DISK * articles / 1e9
            tell(f"{name}: {articles:,} articles, up to {needed:.1f} GB in {within or tempfile.gettempdir()} …")
            speed = apart(measure_speed, name, data, within=within, articles=articles)
            figures = f"{articles:>9,}{speed.rates[0]:>12,.0f}{speed.rates[1]:>7,.0f}{speed.index_bytes:>9,.0f}"
            times = "".join(f"{median:>8.2f}{high:>8.2f}" for median, high in speed.times.values())
            print(f"{name:16}{figures}{times}", flush=True)


def show_process(data: Path, within: Path | None) -> None:
    """Print a row a question to the command."""
    tell("newsarchive: whole processes …")
    print(f"{'CPU ms a process':16}{'least':>9}{'median':>9}")
    for kind, taken in apart(measure_process, data, within=within).items():
        print(f"{kind:16}{min(taken):>9.0f}{statistics.median(taken):>9.0f}")


def tell(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)


def main() -> int:
    """Print the tables of the sections asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sections = ("quality", "speed", "process")
    for section in sections:
        parser.add_argument(
            f"--{section}", action="store_true", help="print this section only, or others that are named"
        )
    parser.add_argument("--articles", nargs="+", type=int, default=[10_000], metavar="N", help="sizes for --speed")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the query sets")
    parser.add_argument("--folder", type=Path, help="where to write: a folder on a disk with room")
    options = parser.parse_args()
    if not (options.data / PAPERS).is_file():
        sys.exit(f"{options.data}: no query sets there; name their folder with --data")
    if "tantivy Arabic" not in systems():
        tell(INSTALL)
    wanted = [section for section in sections if getattr(options, section)] or sections
    try:
        if "quality" in wanted:
            show_quality(options.data, options.folder)
        if "speed" in wanted:
            show_speed(options.data, options.articles, options.folder)
        if "process" in wanted:
            show_process(options.data, options.folder)
    except KeyboardInterrupt:
        tell("stopped; what was written is deleted")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
