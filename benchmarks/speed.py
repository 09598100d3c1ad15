"""How fast pages are read: python -m benchmarks.speed [--repeat N] [PAGES_DIR ...]

CPU time from bytes to the full record, as a multiple of a bare lxml parse of the same page in the same run. Pages for
which BeautifulSoup took over are counted apart. Beside it trafilatura, where it is installed in the environment that
runs this:

    python -m venv build/peers && build/peers/bin/pip install . trafilatura
    build/peers/bin/python -m benchmarks.speed
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import lxml.html

import newsarchive
from benchmarks.extraction import annotated, default_folders
from newsarchive.errors import ParseError
from newsarchive.parser import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Timed(NamedTuple):
    """One page: the seconds of the bare parse and of each reader, and whether the second parser took over."""

    name: str
    bare: float
    readers: dict[str, float]
    fallback: bool


def bare_parse(html: bytes, url: str) -> object:
    """Parse with lxml and do nothing more."""
    return lxml.html.document_fromstring(html, base_url=url)


def read_record(html: bytes, url: str) -> object:
    """Read the whole record with newsarchive."""
    try:
        reading = read(html, url=url)
    except ParseError:
        return None
    return newsarchive.to_record(reading.article) if reading.article else None


def read_with_trafilatura(html: bytes, url: str) -> object:
    """Read text and metadata with trafilatura."""
    import trafilatura  # type: ignore[import-not-found, unused-ignore]

    return trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)


def seconds(
    functions: dict[str, Callable[[bytes, str], object]], html: bytes, url: str, repeat: int
) -> dict[str, float]:
    """Return the least CPU time of each function in several runs, in which they take turns."""
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(repeat):
        for name, function in functions.items():
            start = time.process_time_ns()
            function(html, url)
            best[name] = min(best[name], (time.process_time_ns() - start) / 1e9)
    return best


def time_pages(folder: Path, repeat: int) -> Iterator[Timed]:
    """Yield the times of every page that lxml can parse."""
    readers: dict[str, Callable[[bytes, str], object]] = {"bare": bare_parse, "newsarchive": read_record}
    if find_spec("trafilatura"):
        readers["trafilatura"] = read_with_trafilatura
    for name, html, expected in annotated(folder):
        if html.strip():
            url = expected["url"]
            note = read(html, url=url).note or ""
            times = seconds(readers, html, url, repeat)
            yield Timed(name, times.pop("bare"), times, "BeautifulSoup" in note)


def table(pages: Sequence[Timed]) -> Iterator[str]:
    """Yield the lines of the table: total, median, 95th percentile and worst page as multiples of the bare parse."""
    bare = sum(page.bare for page in pages)
    yield f"{len(pages)} pages, bare lxml parse {1000 * bare / len(pages):.2f} ms a page"
    yield f"{'':14}{'total':>8}{'median':>8}{'p95':>8}{'worst':>8}  worst page"
    for reader in pages[0].readers:
        ratios = sorted((page.readers[reader] / page.bare, page.name) for page in pages)
        figures = (
            sum(page.readers[reader] for page in pages) / bare,
            statistics.median(ratio for ratio, _ in ratios),
            ratios[int(0.95 * (len(ratios) - 1))][0],
            ratios[-1][0],
        )
        yield f"{reader:14}" + "".join(f"{figure:>8.2f}" for figure in figures) + f"  {ratios[-1][1]}"


def main() -> int:
    """Print a table a folder, the pages of the second parser apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="PAGES_DIR")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each page, of which the fastest counts")
    arguments = parser.parse_args()
    folders = {str(folder): folder for folder in arguments.folders} or default_folders()
    together: list[Timed] = []
    for name, folder in folders.items():
        pages = list(time_pages(folder, arguments.repeat))
        by_lxml = [page for page in pages if not page.fallback]
        together.extend(by_lxml)
        show(name, by_lxml)
        show(f"{name}, read by BeautifulSoup", [page for page in pages if page.fallback])
    if len(folders) > 1:
        show("together", together)
    return 0


def show(title: str, pages: Sequence[Timed]) -> None:
    """Print the table of some pages, nothing for none."""
    if pages:
        print(f"{title}: " + "\n".join(table(pages)))


if __name__ == "__main__":
    sys.exit(main())
