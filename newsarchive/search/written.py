"""Patterns for words as texts write them, so that most words and most texts need no folding.

They promise too much, never too little. Ordinary text spells a folded word in few ways; what else there is in a word
or a text (other scripts' letters, presentation forms) counts as a promise.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from newsarchive.arabic import consonants, fold
from newsarchive.arabic.words import INVISIBLE, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REMEMBERED = 500  # phrases
_LETTERS = "\u0621-\u063a\u0641-\u064a"
_IGNORED = "\u064b-\u0652\u0640"  # harakat, tatweel
_PUNCTUATION = "\u060c\u061b\u061f\xab\xbb\u2013\u2014\u2018\u2019\u201c\u201d"
_UNUSUAL = f"[^{_LETTERS}{_IGNORED}{_PUNCTUATION} -@\\[-~]"
# Of Arabic letters those that are spelled otherwise; marks that make one letter of two.
_UNUSUAL_LETTER = re.compile("[\u0620\u063b-\u063f\u0653-\u0655\u066e-\u06ff\u0750-\u077f\u0870-\u08c9\ufb50-\ufefc]")
_ARABIC = re.compile(f"[{_LETTERS}]+")

# All that derivation, clitics and endings put around and between the letters of a root: the ten letters that
# grammarians remember by سألتمونيها, the clitics feh, beh and kaf, and how hamza, alef and heh are written.
_AROUND = (
    "[\u0621-\u0628\u0629\u062a\u0633\u0641\u0643-\u064a"  # hamzas, alef, beh; teh marbuta, teh; seen; feh; kaf to yeh
    f"{_IGNORED}]*"
)


def words_of(roots: Iterable[str], pieces: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of words that hold the letters of a root and no foreign ones, or hold one of the pieces."""
    of_roots = {_AROUND.join(("", *map(re.escape, _firm(root)), "")) for root in roots}
    whole = rf"(?<![{_LETTERS}{_IGNORED}])(?:{'|'.join(sorted(of_roots))})(?![{_LETTERS}])"
    return re.compile("|".join((_UNUSUAL, whole, *sorted(set(map(_written, pieces))))))


def stretches(words: tuple[str, ...], text: str, *, is_cut: bool = False) -> Iterator[str]:
    """Yield the stretches of a text, from blank to blank, outside of which these folded words stand nowhere in a row.

    That is all of a text with unusual letters. With `is_cut` the first word may have clitics and the last go on.
    """
    row = _row(words, is_cut=is_cut)
    if row is None or _UNUSUAL_LETTER.search(text):
        yield text
        return
    for found in row.finditer(text):
        start, end = found.span(1)
        after = text.find(" ", end)
        yield text[text.rfind(" ", 0, start) + 1 : after if after >= 0 else None]


@lru_cache(_REMEMBERED)
def _row(words: tuple[str, ...], *, is_cut: bool) -> re.Pattern[str] | None:
    """Return the pattern of words in a row, wherever it may begin; None where they are not all Arabic."""
    if not all(map(_ARABIC.fullmatch, words)):
        return None
    row = rf"[\W_{MARKS}]*".join(map(_written, words))
    return re.compile(rf"(?=({row}))" if is_cut else rf"(?<![{_LETTERS}])(?=({row})(?![{_LETTERS}]))")


def _firm(root: str) -> str:
    """Return the letters of a root that no ending and no spelling changes."""
    return "".join(letter for letter in consonants(root) if letter not in "\u0621\u0647\u062a") or root[:1]


def _written(folded: str) -> str:
    """Return a pattern for the ways in which ordinary text writes a piece of a folded word."""
    return f"[{MARKS}{INVISIBLE}]*".join(_spellings().get(letter, re.escape(letter)) for letter in folded)


@cache
def _spellings() -> dict[str, str]:
    """Return, as a pattern for each folded letter, the letters of ordinary text that fold to it."""
    letters: dict[str, str] = {}
    for letter in filter(_ARABIC.fullmatch, map(chr, range(0x621, 0x64B))):
        letters[fold(letter)] = letters.get(fold(letter), "") + letter
    return {folded: f"[{spelled}]" if spelled != folded else folded for folded, spelled in letters.items()}
