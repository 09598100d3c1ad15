"""Lines that are furniture, told by what they say. The phrases stand in data/furniture.toml; no tree here.

A line and the phrases are compared folded (`newsarchive.arabic.fold`), so that one spelling stands for all. Nearly
every line is told apart by its first word alone, which is remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from newsarchive.arabic import fold
from newsarchive.data import table

MAX_LINE: Final = 200  # characters; a longer paragraph is furniture only for how a prompt of many words begins
_LONG_PROMPT: Final = 20  # characters of its beginning

# What a line may be, as bits; names are the keys of furniture.toml.
RELATED: Final = 1
ELSEWHERE: Final = 2
LABEL: Final = 4
PROMPT: Final = 8
COMMENTS: Final = 16
CAPTION: Final = 32
_ASKS: Final = 64  # a PROMPT where the line names a service
FURNITURE: Final = LABEL | PROMPT | CAPTION
LINKS_FOLLOW: Final = RELATED | ELSEWHERE

_BITS = {
    "related": RELATED, "elsewhere": ELSEWHERE, "labels": LABEL, "prompts": PROMPT, "comments": COMMENTS,
    "captions": CAPTION, "asks": _ASKS,
}  # fmt: skip
# Blanks, stops, dashes, bars, asterisks, bullets, squares, pointers, brackets, angle quotes, ellipsis.
_EDGES = (
    " \t\n\r\xa0:.,-\u2013\u2014|*#+>=()[]\u2022\u25a0\u25aa\u25cf\u25b6\u25ba\u203a\u00bb\u00ab\u2026\u060c\u061f?!"
)
_WIDE = "\u2e80"  # from here on scripts without blanks between words
# ل ط/ص خ, اس/ر ن/كام, bur/mba: groups of few letters, some of them parted by a slash; غزة / سوا are names.
_INITIALS = re.compile(r"(?=[^/]*/)(?:(?:[a-z]{1,4}|\w{1,2})[ ./-]+){1,6}\w{1,4}")
_MAX_INITIALS = 30


# What stands after the words of a title: nothing with letters, a colon, bar, slash, bracket or copyright sign, a dash.
_SET_OFF = re.compile(r"[\W\d_]*\Z| ?[:|/(\u00a9]| [-\u2013\u2014]")

_DATA: dict[str, list[str]] = table("furniture.toml")
# A word for a service, with what may be written to it: بواتساب, وتلغرام.
_SERVICE = re.compile(
    r"(?<!\w)[\u0648\u0628\u0644\u0641]?(?:"
    + "|".join(re.escape(fold(word)) for word in _DATA["services"])
    + r")(?!\w)|@\w"
)
# A number of comments, as «12 تعليقا», alone or before the quoted title that they are on.
_COUNTED = re.compile(
    r"(?:\d{1,5}|\(\d{1,5}\)) (?:" + "|".join(re.escape(fold(word)) for word in _DATA["counted"]) + r")"
    r"(?:[\W\d_]*\Z| (?:" + "|".join(map(fold, _DATA["counted_on"])) + r") ?(?:[\"'][^\"']*[\"']|"
    "[\u00ab\u2018\u201c\u201e\u2039][^\u00bb\u2019\u201d\u203a]*[\u00bb\u2019\u201d\u203a])\\W*\\Z)"
)
_PICTURE_AGENCIES = tuple(name.lower() for name in _DATA["picture_agencies"])
_SIGN_UP = tuple(_DATA["sign_up"])
_MAX_PICTURE_CREDIT = 60


class _Phrase(NamedTuple):
    """A phrase as it is compared, what a line that begins with it may be, and whether it is a title."""

    text: str
    bit: int
    is_title: bool


def _load() -> dict[str, list[_Phrase]]:
    """Return the phrases by their first word."""
    by_word: dict[str, list[_Phrase]] = {}
    for name, bit in _BITS.items():
        for text, is_title in sorted({(fold(entry).strip(_EDGES), entry.endswith(":")) for entry in _DATA[name]}):
            by_word.setdefault(_first_word(text), []).append(_Phrase(text, bit, is_title))
    return by_word


def _first_word(line: str) -> str:
    return line[:2] if line >= _WIDE else line.split(None, 1)[0].strip(_EDGES)


_PHRASES = _load()
_HAMZA = {"\u0627": "\u0627\u0623\u0625\u0622"}  # alef, bare or with hamza or madda


def _openings(name: str, least: int) -> frozenset[str]:
    """Return the first two letters, as printed, of entries of so many characters: a first look that costs nothing."""
    entries = [entry for entry in _DATA[name] if len(entry) >= least]
    return frozenset(
        first + second
        for text in (*entries, *map(fold, entries))  # ە is compared as ه
        for first in _HAMZA.get(text[0], text[0] + text[0].upper())
        for second in _HAMZA.get(text[1], text[1] + text[1].upper())
    )


OPENINGS: Final = _openings("related", 2)  # of every line that may announce related stories
_LONG_OPENINGS = _openings("prompts", _LONG_PROMPT)


@lru_cache(maxsize=8192)
def _phrases_from(word: str) -> tuple[_Phrase, ...]:
    """Return the phrases that begin with a word as printed."""
    folded = fold(word)
    return tuple(_PHRASES.get(_first_word(folded), ())) if folded.strip(_EDGES) else ()


def line_kinds(text: str) -> int:
    """Return what a line may be by its wording: bits of RELATED, LABEL and so on, 0 for running text."""
    if len(text) > MAX_LINE:
        return PROMPT if text[:2] in _LONG_OPENINGS and _is_long_prompt(text) else 0
    line = text.strip(_EDGES)
    if not line:
        return 0
    found = CAPTION if "\u00a9" in line else 0  # copyright sign
    if len(line) <= _MAX_INITIALS and "/" in line and _INITIALS.fullmatch(line):
        found |= LABEL
    found |= _kinds_by_end(text)
    if line[0].isdecimal() and _COUNTED.match(fold(text)):
        found |= COMMENTS | LABEL
    phrases = _phrases_from(line[:2] if line >= _WIDE else line.split(None, 1)[0])
    if phrases:
        folded = fold(line)
        for phrase in phrases:
            if folded.startswith(phrase.text) and _ends_there(folded, phrase):
                found |= phrase.bit
        if found & _ASKS and _SERVICE.search(folded):
            found |= PROMPT
    return found


def _kinds_by_end(text: str) -> int:
    if len(text) <= _MAX_PICTURE_CREDIT and text.lower().endswith(_PICTURE_AGENCIES):
        return CAPTION  # Nour Haddad/Getty Images
    return PROMPT if text.endswith(_SIGN_UP) else 0


def _is_long_prompt(text: str) -> bool:
    beginning = text[:_LONG_PROMPT].split(None, 1)
    return bool(beginning) and any(
        each.bit == PROMPT and len(each.text) >= _LONG_PROMPT and fold(text[:MAX_LINE]).startswith(each.text)
        for each in _phrases_from(beginning[0])
    )


def may_announce(text: str) -> bool:
    """Say by its first word alone whether a line may announce related stories."""
    line = text.strip(_EDGES)
    return bool(line) and _announces(line[:2] if line >= _WIDE else line.split(None, 1)[0])


@lru_cache(maxsize=8192)
def _announces(word: str) -> bool:
    return any(phrase.bit == RELATED for phrase in _phrases_from(word))


def _ends_there(folded: str, phrase: _Phrase) -> bool:
    """Say whether a line that begins with a phrase goes on as what the phrase stands for does."""
    end = len(phrase.text)
    if end == len(folded):
        return True
    if phrase.bit == LABEL:
        return False
    if phrase.is_title:
        return _SET_OFF.match(folded, end) is not None
    return not folded[end].isalnum() or folded >= _WIDE
