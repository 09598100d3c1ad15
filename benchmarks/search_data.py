"""The articles and queries of benchmarks.search: the data sets' formats, larger sets, typical queries. No scores."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

KINDS = ("common word", "middle word", "rare word", "three words", "phrase")
_Item = TypeVar("_Item")

# Words of at least three letters from hamza to yeh: no marks, no other alphabet.
_WORD = re.compile("[\u0621-\u064a]{3,}")
_NEIGHBOURS = re.compile("\\b[\u0621-\u064a]{3,} [\u0621-\u064a]{3,}\\b")


class Document(NamedTuple):
    """An article as the data sets have it; its paragraphs are parted by blank lines."""

    id: str
    headline: str | None
    body: str
    published: str | None = None
    outlet: str | None = None


def read(path: Path) -> list[Document]:
    """Return the articles of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [Document(**json.loads(line)) for line in lines]


def rows(path: Path) -> list[list[str]]:
    """Return the rows of a file of tab-separated values, in which quotation marks are text."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row]


def halves_joined(documents: list[Document], count: int) -> Iterator[Document]:
    """Yield so many documents: those given, then others whose bodies are the halves of two of them."""
    for number in range(count):
        round_, place = divmod(number, len(documents))
        document = documents[place]
        if round_:
            other = documents[(place + 37 * round_) % len(documents)]
            first, second = document.body.split(), other.body.split()
            body = " ".join(first[: len(first) // 2] + second[len(second) // 2 :])
            document = document._replace(id=f"{document.id}-{round_}", body=body)
        yield document


def typical_queries(documents: Sequence[Document], count: int = 50) -> dict[str, list[str]]:
    """Return different queries of each kind from the articles' own words: the same ones in every run."""
    chance = random.Random(1)
    texts = [_WORD.findall(document.body) for document in documents]
    holding = Counter(word for words in texts for word in set(words))

    def between(least: float, most: float) -> list[str]:
        return sorted(word for word, held in holding.items() if least <= held / len(documents) < most)

    def some(given: list[_Item]) -> list[_Item]:
        return chance.sample(given, min(count, len(given)))

    known = set(between(0.005, 0.1))
    pairs = [found for document in documents if (found := _NEIGHBOURS.findall(document.body))]
    threes = [three for words in texts if len(three := sorted(known.intersection(words))) >= 3]
    queries = (
        some(between(0.05, 0.5)),
        some(between(0.005, 0.05)),
        some(between(0, 0.0005)),
        [" ".join(chance.sample(words, 3)) for words in some(threes)],
        [f'"{chance.choice(found)}"' for found in some(pairs)],
    )
    return dict(zip(KINDS, queries, strict=True))
