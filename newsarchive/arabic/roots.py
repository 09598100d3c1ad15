"""Light roots: the consonants that related stems share. Good for ranking, too coarse for finding."""

from __future__ import annotations

_WEAK = frozenset("\u0627\u0648\u064a")  # alef, waw, yeh
_HEH, _TEH = "\u0647", "\u062a"

# What derived stems and verbs put before the root, the longest first.
_PREFIXES = ("است", "مست", "يست", "تست", "ان", "من", "مت", "يت", "ت", "م", "ي", "ن", "ا")
_ROOT = 3


def root(stem: str) -> str:
    """Return the consonants of a stem without what derivation puts around them: علم for معلم and for تعليم.

    They stand in the stem in the order of the result. A stem with fewer than two consonants is its own root.
    """
    rest = stem[:-1] if stem[-1:] == _HEH and len(stem) > _ROOT else stem
    for prefix in _PREFIXES:
        if rest.startswith(prefix) and len(consonants(rest[len(prefix) :])) >= _ROOT:
            rest = rest[len(prefix) :]
            break
    found = consonants(rest)
    if len(found) > _ROOT and found[1] == _TEH:  # the eighth form: نشر of انتشار
        found = found[0] + found[2:]
    return found if len(found) > 1 else stem


def consonants(word: str) -> str:
    """Return a word without its long vowels."""
    return "".join(letter for letter in word if letter not in _WEAK)
