"""Phrases as they are written and beginnings of words: compared with the folded words of a text.

The index knows stems; what a reader puts in quotation marks is more than that.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from newsarchive.arabic import WORD, Remembered, fold

if TYPE_CHECKING:
    from newsarchive.arabic import Analyzer
    from newsarchive.search.plan import Plan, Unit

_REMEMBERED = 200_000
_folded: Remembered[str] = Remembered(fold, most=_REMEMBERED)

# Clitics that may stand before the beginning of a word that is asked for: waw or feh, beh, kaf or lam, the article.
_CLITICS = "[\u0648\u0641]?[\u0628\u0643\u0644]?(?:\u0627\u0644|\u0644)?"


def lacking(plan: Plan, analyzer: Analyzer, headline: str, body: str) -> set[int] | None:
    """Return which clauses, by their numbers, a text that the index proposes lacks as they were written.

    Clauses without phrases or beginnings of words are left to the index. None: the text has what is excluded.
    """
    parts = (headline,) if plan.in_headline else (headline, body)
    text = "\n".join(map(_words, parts))
    if any(_holds(unit, text) for unit in plan.excluded if unit.is_literal):
        return None
    literal = {number: clause for number, clause in enumerate(plan.wanted) if any(unit.is_literal for unit in clause)}
    is_mixed = any(not unit.is_literal for clause in literal.values() for unit in clause)
    stems = "\n".join(f" {analyzer.stems(part)} " for part in parts) if is_mixed else ""
    return {number for number, clause in literal.items() if not any(_holds(unit, text, stems) for unit in clause)}


@cache
def beginning(prefix: str) -> re.Pattern[str]:
    """Return the pattern of folded words that begin so, clitics apart."""
    return re.compile(rf"(?<!\w){_CLITICS}{re.escape(prefix)}")


def _holds(unit: Unit, text: str, stems: str = "") -> bool:
    if unit.is_prefix:
        return beginning(" ".join(unit.folded)).search(text) is not None
    if unit.is_exact:
        return f" {' '.join(unit.folded)} " in text
    return any(f" {' '.join(reading)} " in stems for reading in unit.readings)


def _words(text: str) -> str:
    """Return the folded words of a text with a blank before and after each."""
    return f" {' '.join(map(_folded.__getitem__, WORD.findall(text)))} "
