"""How well pages are read: python -m benchmarks.extraction [--floor] [--each] [PAGES_DIR ...]

Scores the package over the project's own fixtures, and over the annotated pages of ../shared where they lie beside
the checkout; a folder of pages may be given instead (NAME.html or NAME.html.gz with NAME.json). The body is scored by
precision and recall of its runs of four words, each page weighing the same; of lists F1; of everything else whether
it is right. A column with + counts only pages that have any. Words are compared after NFKC, without marks, tatweel
and bidi controls.

--floor exits with 1 where a figure falls below benchmarks/floors.toml.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import tomllib
import unicodedata
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import newsarchive
from newsarchive.errors import ParseError
from newsarchive.parser import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).with_name("floors.toml")
COLUMNS = (
    "body_f1", "body_p", "body_r", "exact", "headline", "date", "source", "credits+", "authors+", "section", "tags+",
    "related+", "refused",
)  # fmt: skip
_RUN = 4  # words
# Harakat and Koranic marks, superscript alef, tatweel, joiners, bidi controls, BOM.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]")
_WORD = re.compile(r"\w+")


def words(text: str | None) -> list[str]:
    """Return the words of a text as they are compared."""
    return _WORD.findall(_MARKS.sub("", unicodedata.normalize("NFKC", text or "")).lower())


def precision_and_recall(expected: Iterable[str], found: Iterable[str]) -> tuple[float, float]:
    """Return how much of what was found was expected, and of what was expected was found, in runs of four words."""
    wanted, got = _runs(" ".join(expected)), _runs(" ".join(found))
    if not wanted and not got:
        return 1.0, 1.0
    common = sum((wanted & got).values())
    return (common / got.total() if got else 0.0), (common / wanted.total() if wanted else 0.0)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_page(expected: Mapping[str, Any], record: Mapping[str, Any] | None) -> dict[str, float]:
    """Return the score of each column that the expectation has something to say on; no record: it was refused."""
    if expected.get("not_article"):
        return {"refused": float(record is None)}
    got: Mapping[str, Any] = record or {}
    scores: dict[str, float] = {}
    if expected.get("body") is not None:
        scores["body_p"], scores["body_r"] = precision_and_recall(expected["body"], got.get("body") or [])
        scores["exact"] = float(min(scores["body_p"], scores["body_r"]) > 0.999)
    for column in ("headline", "source", "section"):
        if expected.get(column) is not None:
            scores[column] = float(words(expected[column]) == words(got.get(column)))
    published = expected.get("published_at") or expected.get("published")
    if published:
        scores["date"] = float(_same_day(published, got.get("published_at")))
    for column in ("credits", "authors", "tags"):
        if expected.get(column):
            scores[f"{column}+"] = _list_f1(map(_phrase, expected[column]), map(_phrase, got.get(column) or []))
    if expected.get("related"):
        scores["related+"] = _list_f1(_addresses(expected["related"]), _addresses(got.get("related") or []))
    return scores


def annotated(folder: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Yield name, bytes and expectation of every page in a folder; where it has none, in the folders in it."""
    for annotation in sorted(folder.glob("*.json")) or sorted(folder.glob("*/*.json")):
        plain, packed = annotation.with_suffix(".html"), annotation.with_suffix(".html.gz")
        if plain.exists():
            content = plain.read_bytes()
        elif packed.exists():
            content = gzip.decompress(packed.read_bytes())
        else:
            continue
        yield annotation.stem, content, json.loads(annotation.read_text(encoding="utf-8"))


def read_record(content: bytes, expected: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the record of a page, None where it is refused or cannot be read."""
    fetched = expected.get("fetched_at")
    try:
        reading = read(
            content,
            url=expected["url"],
            fetched_at=datetime.fromisoformat(fetched) if fetched else None,
            content_type=expected.get("content_type"),
        )
    except ParseError:
        return None
    return newsarchive.to_record(reading.article) if reading.article else None


def score_folder(folder: Path, *, each: bool = False) -> dict[str, float]:
    """Return the means of all columns over the pages of a folder."""
    rows = []
    for name, content, expected in annotated(folder):
        scores = score_page(expected, read_record(content, expected))
        rows.append(scores)
        if each:
            print(f"  {name:44} " + " ".join(f"{column}={value:.2f}" for column, value in scores.items()))
    means = {
        column: statistics.fmean(row[column] for row in rows if column in row)
        for column in {column for row in rows for column in row}
    }
    if "body_p" in means:
        means["body_f1"] = f1(means["body_p"], means["body_r"])
    return {"pages": float(len(rows)), **means}


def default_folders() -> dict[str, Path]:
    """Return the folders that are scored when none is given."""
    shared = ROOT.parent / "shared" / "pages"
    folders = {"fixtures": ROOT / "fixtures"}
    if shared.is_dir():
        folders |= {"shared": shared, "shared world": shared / "world"}
    return folders


def below_floor(results: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return a line for each figure that lies below its floor."""
    floors: dict[str, dict[str, float]] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return [
        f"{name}: {column} is {results[name].get(column, 0.0):.3f}, below its floor of {floor:.3f}"
        for name, columns in floors.items()
        if name in results
        for column, floor in columns.items()
        if results[name].get(column, 0.0) < floor
    ]


def main() -> int:
    """Print a table of all columns, a line a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="PAGES_DIR")
    parser.add_argument("--floor", action="store_true", help="exit with 1 where a figure is below its floor")
    parser.add_argument("--each", action="store_true", help="a line for each page")
    arguments = parser.parse_args()
    folders = {str(folder): folder for folder in arguments.folders} or default_folders()
    results = {name: score_folder(folder, each=arguments.each) for name, folder in folders.items()}
    print(f"{'':14}{'pages':>6}" + "".join(f"{column:>10}" for column in COLUMNS))
    for name, means in results.items():
        figures = (f"{means[column]:>10.3f}" if column in means else f"{'-':>10}" for column in COLUMNS)
        print(f"{name:14}{means['pages']:>6.0f}" + "".join(figures))
    failures = below_floor(results) if arguments.floor else []
    print("\n".join(failures), end="\n" if failures else "")
    return 1 if failures else 0


def _runs(text: str) -> Counter[str]:
    found = words(text)
    if len(found) < _RUN:
        return Counter([" ".join(found)] if found else [])
    return Counter(" ".join(found[at : at + _RUN]) for at in range(len(found) - _RUN + 1))


def _phrase(text: str) -> str:
    return " ".join(words(text))


def _addresses(links: Iterable[Any]) -> set[str]:
    """Return the addresses of related links, tags left out, without what two forms of one address differ in."""
    found = set()
    for link in links:
        if isinstance(link, str) or link.get("kind") != "tag":
            parts = urlsplit(link if isinstance(link, str) else link["url"])
            found.add(f"{parts.netloc.removeprefix('www.')}{unquote(parts.path).rstrip('/')}?{parts.query}")
    return found


def _list_f1(expected: Iterable[str], found: Iterable[str]) -> float:
    wanted, got = set(expected), set(found)
    if not wanted and not got:
        return 1.0
    common = len(wanted & got)
    return f1(common / len(got) if got else 0.0, common / len(wanted) if wanted else 0.0)


def _same_day(expected: str, found: str | None) -> bool:
    """Say whether two ISO 8601 values are of one day, that of the first one's zone."""
    if not found:
        return False
    try:
        wanted, got = datetime.fromisoformat(expected), datetime.fromisoformat(found)
    except ValueError:
        return expected[:10] == found[:10]
    if wanted.tzinfo and got.tzinfo:
        got = got.astimezone(wanted.tzinfo)
    return wanted.date() == got.date()


if __name__ == "__main__":
    sys.exit(main())
