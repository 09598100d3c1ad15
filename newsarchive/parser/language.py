"""The language of a text: by its letters where the script is Arabic, else as the page states it."""

from __future__ import annotations

import re

# Letters of one language's alphabet that the others of Arabic script do not write.
_KURDISH = "\u06d5\u06ce\u06c6\u06b5\u0695"  # ae, yeh with small v, oe, lam and reh with small v
_URDU = "\u0679\u0688\u0691\u06ba\u06d2\u06be"  # tteh, ddal, rreh, noon ghunna, yeh barree, heh doachashmee
_PERSIAN = (
    "\u067e\u0686\u0698\u06af\u06cc\u06a9"  # peh, tcheh, jeh, gaf; Farsi yeh and keheh, typed for Arabic ones too
)
_ARABIC_ONLY = "\u0629\u0643\u064a\u0649"  # teh marbuta, kaf, yeh, alef maksura
_OTHERS = re.compile(f"[{_KURDISH}{_URDU}{_PERSIAN}]")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN_LETTER = re.compile("[A-Za-z]+")
_TAG = re.compile(r"[a-z]{2,3}(?![a-z])")
_SAMPLE = 800
_MIN_LETTERS = 20


def language_of(text: str, stated: str | None) -> tuple[str | None, str]:
    """Return the language as an ISO 639 code, and what told it; `stated` is a language tag of the page."""
    sample = text[:_SAMPLE]
    letters = 0 if sample.isascii() else len(sample) - len(_ARABIC_LETTER.sub("", sample))
    if letters >= _MIN_LETTERS and (
        2 * letters > len(sample) or letters > sum(map(len, _LATIN_LETTER.findall(sample)))
    ):
        return _of_arabic_script(sample, letters), "letters"
    tag = _TAG.match(stated.strip().lower()) if stated else None
    return (tag[0], "html lang") if tag else (None, "none")


def _of_arabic_script(sample: str, letters: int) -> str:
    """Return the language that writes a sample of Arabic script; a hundredth of its letters is a word or name."""
    if not _OTHERS.search(sample):
        return "ar"
    few = letters / 100
    kurdish, urdu, persian, arabic = (
        sum(map(sample.count, each)) for each in (_KURDISH, _URDU, _PERSIAN, _ARABIC_ONLY)
    )
    if kurdish > 5 * few and kurdish > urdu:
        return "ckb"
    if urdu > 2 * few:
        return "ur"
    return "fa" if persian > 3 * few and persian > arabic else "ar"
