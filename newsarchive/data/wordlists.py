"""The word lists of search: text -> Lexicon. Read from the files beside this, and from what an archive adds to them.

What the lines mean stands at the head of each file. An archive adds a user's own lists, in files of the same names,
and the words of its own texts that frequencies.txt does not have.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.arabic import ANALYSIS_VERSION, Lexicon, fold, spelling
from newsarchive.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FREQUENCIES = "frequencies.txt"
PLURALS, IRREGULAR, AMBIGUOUS = "plurals.tsv", "irregular.tsv", "ambiguous.tsv"
ALIASES, STOPWORDS = "aliases.tsv", "stopwords.txt"
OWN_LISTS = (PLURALS, IRREGULAR, AMBIGUOUS, ALIASES, STOPWORDS)

_FOLDER = Path(__file__).parent
_ALEF_MAKSURA = "\u0649"

Texts = tuple[tuple[str, str], ...]  # pairs of a file's name and what it adds to the shipped file of that name


@cache
def lexicon(added: Texts = ()) -> Lexicon:
    """Return the lexicon of the shipped lists and what is added to them."""
    counts: dict[str, int] = {}
    for text in reversed(_texts(FREQUENCIES, added)):  # where both count a word, the shipped count stays
        counts.update(_counts(text))
    return Lexicon(
        counts=counts,
        irregular=dict(_irregular(added)),
        ambiguous=dict(_ambiguous(added)),
        stopwords=frozenset(chain.from_iterable(map(_spellings, _lines(STOPWORDS, added)))),
        aliases=tuple(tuple(line.split("\t")) for line in _lines(ALIASES, added)),
    )


@cache
def digest(added: Texts = ()) -> str:
    """Return a short digest of all that decides how words are indexed.

    Aliases and ambiguous plurals do not: they count when searching.
    """
    texts = [text for name in (FREQUENCIES, PLURALS, IRREGULAR, STOPWORDS) for text in _texts(name, added)]
    return blake2b("\0".join([str(ANALYSIS_VERSION), *texts]).encode(), digest_size=8).hexdigest()


def own_lists(folder: Path) -> Texts:
    """Return the lists that a user keeps in a folder; raises RuleError naming the file that cannot be read."""
    return tuple((name, _own_text(folder / name)) for name in OWN_LISTS if (folder / name).exists())


def counted(counts: Mapping[str, int]) -> str:
    """Return counts as frequencies.txt has them: a line for each count, the most frequent first."""
    words: dict[int, list[str]] = {}
    for word in sorted(counts):
        words.setdefault(counts[word], []).append(word)
    return "".join(f"{count} {' '.join(words[count])}\n" for count in sorted(words, reverse=True))


def _counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in text.split("\n"):
        if line and line[0] != "#":
            count, *words = line.split(" ")
            counts.update(zip(words, repeat(int(count))))
    return counts


def _irregular(added: Texts) -> Iterator[tuple[str, str]]:
    for name in (PLURALS, IRREGULAR):
        for line in _lines(name, added):
            word, *forms = line.split()
            base = spelling(word)
            yield base, base
            yield from ((spelling(form), base) for form in forms)


def _ambiguous(added: Texts) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in _lines(AMBIGUOUS, added):
        word, *forms = map(spelling, line.split())
        yield word, tuple(forms)


def _spellings(word: str) -> Iterator[str]:
    """Yield a function word as it should be spelled and as it often is (الى for إلى); علي is never for على."""
    yield spelling(word)
    if spelling(word)[-1] != _ALEF_MAKSURA:
        yield fold(word)


def _lines(name: str, added: Texts) -> Iterator[str]:
    for text in _texts(name, added):
        yield from (line.strip() for line in text.split("\n") if line.strip() and line[0] != "#")


def _texts(name: str, added: Texts) -> list[str]:
    return [_shipped(name), *(text for of, text in added if of == name)]


@cache
def _shipped(name: str) -> str:
    return _FOLDER.joinpath(name).read_text("utf-8")


def _own_text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise RuleError(str(file), f"cannot be read: {e}") from e
