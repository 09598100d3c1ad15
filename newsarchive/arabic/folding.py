"""The form in which text is compared, never shown.

Digests of stored text rest on `fold`, so its meaning never changes: a better idea gets a function of its own
and a new FOLD_VERSION. What search does beyond it (stems, aliases) stands in the other modules here.
"""

from __future__ import annotations

import re
import unicodedata

FOLD_VERSION = 1

_REPLACEMENT = 0xFFFD

# One letter of Arabic script to the letter it is compared as; what is absent stands for itself.
_LETTERS = {
    # alef with hamza above, below, madda, wasla and the Koranic ones -> alef
    **dict.fromkeys("\u0622\u0623\u0625\u0671\u0672\u0673\u0675", "\u0627"),
    # hamza on waw and on yeh, alone or with a vowel -> hamza alone, which ends the war of seats
    **dict.fromkeys("\u0624\u0626\u0676\u0677\u0678", "\u0621"),
    # alef maksura, Farsi yeh and its relatives -> yeh
    **dict.fromkeys("\u0649\u06cc\u06cd\u06ce\u06d0\u06d1\u06d2\u06d3\u063d\u063e\u063f", "\u064a"),
    # teh marbuta, heh goal, heh doachashmee, ae and their relatives -> heh
    **dict.fromkeys("\u0629\u06be\u06c0\u06c1\u06c2\u06c3\u06d5\u06ff", "\u0647"),
    # keheh, swash kaf, gaf and their relatives -> kaf
    **dict.fromkeys("\u06a9\u06aa\u06ab\u06ac\u06ad\u06ae\u06af\u06b0\u06b4\u063b\u063c\u0762\u0763", "\u0643"),
    # Letters for foreign sounds, and the one that a writer without them takes.
    "\u067e": "\u0628",  # peh -> beh
    "\u0686": "\u062c",  # tcheh -> jeem
    "\u0698": "\u0632",  # jeh -> zain
    "\u06a4": "\u0641",  # veh -> feh
    "\u06a8": "\u0642",  # qaf with three dots, the Tunisian g -> qaf
    "\u0679": "\u062a",  # Urdu tteh -> teh
    "\u0688": "\u062f",  # Urdu ddal -> dal
    "\u0691": "\u0631",  # Urdu rreh -> reh
    "\u0695": "\u0631",  # Kurdish reh with small v -> reh
    "\u06b5": "\u0644",  # Kurdish lam with small v -> lam
    "\u06ba": "\u0646",  # Urdu noon ghunna -> noon
    # tatweel, high hamza and the small Koranic waw and yeh are letters for Unicode only
    **dict.fromkeys("\u0640\u0674\u06e5\u06e6", ""),
}

# Combining marks outside these blocks belong to scripts in which they are letters (Devanagari, Thai).
_MARKS = (
    range(0x0300, 0x0370),  # Latin, Greek and Cyrillic accents
    range(0x0600, 0x0700),  # harakat, superscript alef, Koranic marks
    range(0x0898, 0x0900),  # further Arabic marks
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE00, 0xFE30),  # variation selectors and half marks
)

# What ordinary text holds besides the letters that stand for themselves: alef with hamza or madda, teh marbuta, alef
# maksura, waw and yeh with hamza, the harakat, tatweel, Arabic-Indic digits.
_FREQUENT = tuple(
    zip(
        "\u0623\u0625\u0622\u0629\u0649\u0624\u0626\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640",
        ("\u0627", "\u0627", "\u0627", "\u0647", "\u064a", "\u0621", "\u0621", *[""] * 9),
        strict=True,
    )
)
# Letters that stand for themselves, ASCII but for capitals and controls, Arabic comma, semicolon and question mark,
# guillemets, dashes, quotation marks.
_STANDING = (
    "\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a\t\n !-@\\[-~"
    "\u060c\u061b\u061f\xab\xbb\u2013\u2014\u2018\u2019\u201c\u201d"
)
# Letters that stand in half of all texts for another one: alef with hamza or madda, teh marbuta, alef maksura, waw
# and yeh with hamza.
_SEATS = "\u0623\u0625\u0622\u0629\u0649\u0624\u0626"
_PLAIN = re.compile(f"[{_STANDING}]*")
_COMMON = re.compile(f"[{_STANDING}{_SEATS}]*")
_FOLDED_SEATS = str.maketrans(_SEATS, "\u0627\u0627\u0627\u0647\u064a\u0621\u0621")
_ODD = re.compile(f"[^{_STANDING}]+")
_COMBINING_HAMZA = ("\u0653", "\u0654", "\u0655")  # madda, hamza above, hamza below
_LONG = 64


def fold(text: str) -> str:
    """Return the form of `text` in which it is compared; `fold(fold(text)) == fold(text)`.

    In order:

    1. compatibility forms (NFKC): presentation forms and ligatures are the letters they show;
    2. alef with hamza, madda or wasla is alef; hamza on waw or yeh is the hamza alone, which itself stays:
       so مسئول and مسؤول meet as مسءول, رءوس and رؤوس as رءوس, which is not روس;
    3. alef maksura is yeh, teh marbuta is heh; Farsi, Urdu and Kurdish letters are the nearest Arabic ones,
       letters for foreign sounds those that a writer without them takes (ڤ is ف, پ is ب, گ is ك);
    4. harakat, Koranic marks, tatweel and Latin accents go; so does all that is invisible: bidi controls,
       zero-width characters, soft hyphens, control characters that are no white space;
    5. every decimal digit is the ASCII digit; Latin, Greek and Cyrillic are in lower case (case folding);
    6. a run of white space is one blank, and there is none at the ends. A lone surrogate is U+FFFD.

    Punctuation stays as NFKC leaves it.
    """
    if text.isascii() and text.isprintable():
        return _spaced(text.lower())
    if _PLAIN.fullmatch(text):
        return _spaced(text)
    if len(text) < _LONG and _COMMON.fullmatch(text):
        return _spaced(text.translate(_FOLDED_SEATS))
    if any(mark in text for mark in _COMBINING_HAMZA):
        text = unicodedata.normalize("NFC", text)  # so that waw and a combining hamza are seen as one letter
    folded = text.translate(_TABLE) if len(text) < _LONG else _fold_long(text)
    return _spaced(unicodedata.normalize("NFC", folded))


def _spaced(text: str) -> str:
    """Do what splitting and joining does, in a tenth of its time, for a text whose only white space is this."""
    text = text.replace("\n", " ").replace("\t", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")


def _fold_long(text: str) -> str:
    """Do what translating by the table does, in a quarter of its time: most of a text stands for itself."""
    for letter, folded in _FREQUENT:
        text = text.replace(letter, folded)
    return _ODD.sub(lambda found: found.group().translate(_TABLE), text)


class _Table(dict[int, str]):
    """For str.translate: what each character is compared as, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in {"Cf", "Cc"}:
        return ""
    if category == "Cs":
        return chr(_REPLACEMENT)
    if category == "Mn" and any(ord(character) in block for block in _MARKS):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return _fold_parts(character)


def _fold_parts(character: str) -> str:
    """Fold what a character is made of: a ligature, an accented letter, a capital."""
    parts = unicodedata.normalize("NFKC", character).casefold()
    if parts == character:
        parts = unicodedata.normalize("NFD", character)
        if not any(ord(part) in _MARKS[0] for part in parts):
            return character
    folded = "".join(map(_TABLE.__getitem__, map(ord, parts)))
    # The presentation form of a lone haraka is a blank with the haraka on it.
    return folded if folded.strip() else ""


_TABLE = _Table()
