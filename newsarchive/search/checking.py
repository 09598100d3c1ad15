"""Phrases as they are written and beginnings of words: compared with the folded words of a text.

The index knows stems; what a reader puts in quotation marks is more than that.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from newsarchive.arabic import WORD, Remembered, fold
from newsarchive.search.written import stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    text = _Text(analyzer, (headline,) if plan.in_headline else (headline, body))
    if any(text.holds(unit) for unit in plan.excluded if unit.is_literal):
        return None
    literal = {number: clause for number, clause in enumerate(plan.wanted) if any(unit.is_literal for unit in clause)}
    return {number for number, clause in literal.items() if not any(map(text.holds, clause))}


@lru_cache(maxsize=500)
def beginning(prefix: str) -> re.Pattern[str]:
    """Return the pattern of folded words that begin so, clitics apart."""
    return re.compile(rf"(?<!\w){_CLITICS}{re.escape(prefix)}")


class _Text:
    """The parts of a text, in which a unit is looked for; folded where it may stand, stemmed if need be."""

    def __init__(self, analyzer: Analyzer, parts: Sequence[str]) -> None:
        self._analyzer = analyzer
        self._parts = parts

    def holds(self, unit: Unit) -> bool:
        """Tell whether a unit stands in the text."""
        if not unit.is_literal:
            return any(f" {' '.join(reading)} " in self._stems for reading in unit.readings)
        stretched = chain.from_iterable(stretches(unit.folded, part, is_cut=unit.is_prefix) for part in self._parts)
        found = map(_words, stretched)
        if unit.is_prefix:
            return any(map(beginning(" ".join(unit.folded)).search, found))
        row = f" {' '.join(unit.folded)} "
        return any(row in words for words in found)

    @cached_property
    def _stems(self) -> str:
        return "\n".join(f" {self._analyzer.stems(part)} " for part in self._parts)


def _words(text: str) -> str:
    """Return the folded words of a text with a blank before and after each."""
    return f" {' '.join(map(_folded.__getitem__, WORD.findall(text)))} "
