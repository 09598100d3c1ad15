"""Words of a text, with their places in it. Knows what a word is, not what it means."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsarchive.arabic.folding import fold

# Letters of Arabic script with their presentation forms: no digits, no punctuation, no marks.
LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
    "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfb\ufe70-\ufefc"
)
# What stands on or between the letters of a word: accents, harakat, Koranic marks, tatweel.
MARKS = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
# Invisible inside a word: soft hyphen, Arabic letter mark, zero-width, bidi controls, byte order mark.
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"

# Arabic letters and others (Latin, digits) make words of their own: 18 in و18, BBC in الـBBC.
_OTHER = rf"[^\W_{LETTERS}\u0640]"
WORD = re.compile(
    rf"[{LETTERS}][{LETTERS}{MARKS}]*+(?:[{INVISIBLE}]++[{LETTERS}{MARKS}]++)*+"
    rf"|{_OTHER}(?:{_OTHER}|[{MARKS}])*+(?:[{INVISIBLE}]++{_OTHER}(?:{_OTHER}|[{MARKS}])*+)*+"
)
_PART = re.compile(r"[^\W_]+")
_INSIDE = re.compile(f"[{MARKS}{INVISIBLE}]+")

# Letters that stand for themselves, and a teh marbuta at most: what is spelled as it is written.
_SPELLED = re.compile("[\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a]+\u0629?")
_TEH_MARBUTA = frozenset("\u0629\u06c3\ufe93\ufe94")
_ALEF_MAKSURA = frozenset("\u0649\ufeef\ufef0")
_ALEF_WITH_HAMZA = frozenset("\u0622\u0623\u0625")
# alef with hamza or madda before a lam at the start of a word, behind clitics at most: not an article
_RADICAL_ALEF = re.compile("[\u0648\u0641\u0628\u0643\u0644]{0,2}(?:\u0627\u0644)?([\u0622\u0623\u0625])(?=\u0644)")


class Token(NamedTuple):
    """A word as written, `text[start:end]`, and its folded form."""

    text: str
    start: int
    end: int
    folded: str


def tokens(text: str) -> list[Token]:
    """Return the words of `text` in order; offsets count its characters as given, before any folding.

    A character that stands for several words (ﷺ) gives several tokens with the same place.
    """
    found: list[Token] = []
    for match in WORD.finditer(text):
        written = match.group()
        folded = fold(written)
        parts = [folded] if folded.isalnum() else _PART.findall(folded)
        found.extend(Token(written, match.start(), match.end(), part) for part in parts)
    return found


def spelling(word: str) -> str:
    """Return the form under which a lexicon knows a word: folded, save for what tells words apart.

    A final teh marbuta stays (دورة, a round; دوره, his part), alef with hamza before lam is أ (إلهام, inspiration;
    الهام, the important), and على is not علي. Writers who leave these out are met by the lexicon.
    """
    if _SPELLED.fullmatch(word):
        return word
    folded = fold(word)
    if not _ALEF_WITH_HAMZA.isdisjoint(word):
        folded = _with_radical_alef(word, folded)
    if folded[-1:] == "\u0647" and not _TEH_MARBUTA.isdisjoint(word):
        return folded[:-1] + "\u0629"
    if folded == "\u0639\u0644\u064a" and not _ALEF_MAKSURA.isdisjoint(word):
        return "\u0639\u0644\u0649"
    return folded


def _with_radical_alef(word: str, folded: str) -> str:
    found = _RADICAL_ALEF.match(_INSIDE.sub("", word))
    if found is None:
        return folded
    return folded[: found.start(1)] + "\u0623" + folded[found.end(1) :]
