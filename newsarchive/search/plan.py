"""Query -> Plan: what is asked for as stems to be found together, with the other names that are looked for as well.

The index holds stems and has only body and headline; the expressions for it, in FTS5's syntax, are written here.
Every word stands in them in quotation marks, so that nothing typed is ever taken for syntax.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import TYPE_CHECKING

from newsarchive.errors import QueryError
from newsarchive.search.aliases import Aliases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsarchive.arabic import Analyzer, Term
    from newsarchive.search.query import Asked, Clause, Query

_MOST_READINGS = 16  # of a phrase whose words may have several stems each
_LONGEST_NUMBER = 2  # pieces up to this length, and numbers, are one name with their neighbours: كوفيد-19, أ.ف.ب


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """What counts as one word of a query.

    `readings` are sequences of stems, each of which is the unit where it stands word by word. `folded` is how the
    unit was typed; `is_exact` and `is_prefix` say that a text must hold it so, or words that begin so. A function
    word is wanted only where there is nothing else.
    """

    readings: tuple[tuple[str, ...], ...]
    folded: tuple[str, ...]
    is_exact: bool = False
    is_prefix: bool = False
    is_function_word: bool = False

    @property
    def is_literal(self) -> bool:
        """Tell whether the index alone cannot decide: phrases and beginnings are compared with the text."""
        return self.is_exact or self.is_prefix

    @property
    def expression(self) -> str:
        """Return the unit in FTS5's syntax."""
        written = [_quoted(reading) + (" *" if self.is_prefix else "") for reading in self.readings]
        return f"({' OR '.join(written)})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What to look for: clauses of which all are wanted, each with alternatives; units that must not be there."""

    wanted: tuple[tuple[Unit, ...], ...]
    excluded: tuple[Unit, ...]
    in_headline: bool
    also_searched: tuple[str, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return all wanted units, alternatives included."""
        return tuple(chain.from_iterable(self.wanted))

    @property
    def is_literal(self) -> bool:
        """Tell whether any unit must be compared with the text."""
        return any(unit.is_literal for unit in (*self.units, *self.excluded))

    def all_of(self) -> str:
        """Return the expression for texts with every clause."""
        return self._expression(
            " AND ".join(f"({' OR '.join(u.expression for u in clause)})" for clause in self.wanted)
        )

    def any_of(self, clauses: Iterable[int]) -> str:
        """Return the expression for texts with any of these clauses, given by their numbers."""
        chosen = chain.from_iterable(self.wanted[number] for number in clauses)
        return self._expression(" OR ".join(unit.expression for unit in chosen))

    def none_of(self) -> str | None:
        """Return the expression for texts with what is excluded, as far as the index can tell."""
        excluded = [unit.expression for unit in self.excluded if not unit.is_literal]
        return self._column(" OR ".join(excluded)) if excluded else None

    def one_of(self, clause: int) -> str:
        """Return the expression for one clause alone, exclusions left aside."""
        return self._column(" OR ".join(unit.expression for unit in self.wanted[clause]))

    def _expression(self, wanted: str) -> str:
        excluded = self.none_of()
        return f"{self._column(wanted)} NOT {excluded}" if excluded else self._column(wanted)

    def _column(self, expression: str) -> str:
        return f"({{headline}} : ({expression}))" if self.in_headline else f"({expression})"


def plan(query: Query, analyzer: Analyzer, *, exact: bool = False, aliases: bool = True) -> Plan:
    """Return the plan of a query; raises QueryError where nothing is left of its words.

    Function words are wanted only where there are no others. With `exact` each word is a phrase of its own.
    """
    planner = _Planner(analyzer, exact=exact, aliases=aliases)
    wanted = planner.wanted([clause for clause in query.clauses if not clause.is_negated])
    negated = (clause.alternatives for clause in query.clauses if clause.is_negated)
    excluded = tuple(chain.from_iterable(map(planner.excluded, chain.from_iterable(negated))))
    if query.clauses and not wanted and not query.filters:
        raise QueryError(query.text, "names no word to search for")
    return Plan(
        wanted=wanted,
        excluded=excluded,
        in_headline=query.in_headline,
        also_searched=tuple(dict.fromkeys(planner.also_searched)),
    )


class _Planner:
    def __init__(self, analyzer: Analyzer, *, exact: bool, aliases: bool) -> None:
        self._analyzer = analyzer
        self._exact = exact
        self._aliases = aliases_of(analyzer) if aliases and not exact else None
        self.also_searched: list[str] = []

    def wanted(self, clauses: Sequence[Clause]) -> tuple[tuple[Unit, ...], ...]:
        """Return the units of each clause; bare words that follow one another may be one name together."""
        found: list[tuple[Unit, ...]] = []
        bare: list[list[Term]] = []
        for clause in clauses:
            single = clause.alternatives[0] if len(clause.alternatives) == 1 else None
            if single and single.kind == "words" and not self._exact:
                bare.extend(self._pieces(single.text))
                continue
            found.extend(self._bare_units(bare))
            bare = []
            units = tuple(chain.from_iterable(map(self._alternatives, clause.alternatives)))
            found.extend([units] if units else [])
        found.extend(self._bare_units(bare))
        content = [units for units in found if not all(unit.is_function_word for unit in units)]
        return tuple(dict.fromkeys(content or found))

    def excluded(self, asked: Asked) -> list[Unit]:
        """Return the units that must not be there; other names and other readings are not excluded."""
        if asked.kind == "words" and not self._exact:
            return [_together(terms) for terms in self._pieces(asked.text)]
        return [self._as_asked(asked)] if self._has_stems(asked.text) else []

    def _alternatives(self, asked: Asked) -> list[Unit]:
        if asked.kind == "words" and not self._exact:
            return list(chain.from_iterable(self._bare_units(self._pieces(asked.text))))
        return [self._as_asked(asked)] if self._has_stems(asked.text) else []

    def _as_asked(self, asked: Asked) -> Unit:
        terms = self._analyzer.analyze(asked.text)
        folded = tuple(term.folded for term in terms)
        if asked.kind == "prefix":
            return Unit(readings=tuple(self._prefixes(terms)), folded=folded, is_prefix=True)
        stems = [self._stems_of_folded(term) for term in terms if term.stem]
        readings = tuple(product(*stems))
        if len(readings) > _MOST_READINGS:
            readings = (tuple(term.stem for term in terms if term.stem),)
        return Unit(readings=readings, folded=folded, is_exact=True)

    def _prefixes(self, terms: Sequence[Term]) -> Iterator[tuple[str, ...]]:
        """Yield what stems may begin with of words that begin so: the last word may be cut anywhere."""
        before = tuple(term.stem for term in terms[:-1] if term.stem)
        last = terms[-1]
        yield from ((*before, start) for start in dict.fromkeys((last.folded, last.stem or last.folded)))

    def _stems_of_folded(self, term: Term) -> tuple[str, ...]:
        """Return the stems of every word that folds as this one does."""
        stem = self._analyzer.stem
        spellings = {term.text, term.folded, *_unfolded(term.folded)}
        return tuple(sorted({found for spelled in spellings if (found := stem(spelled))}))

    def _has_stems(self, text: str) -> bool:
        return any(term.stem for term in self._analyzer.analyze(text))

    def _pieces(self, text: str) -> list[list[Term]]:
        """Return the words of a text without blanks, those of a number or an abbreviation together."""
        terms = [term for term in self._analyzer.analyze(text) if term.stem]
        if len(terms) > 1 and any(len(term.folded) <= _LONGEST_NUMBER or term.folded.isdecimal() for term in terms):
            return [terms]
        return [[term] for term in terms]

    def _bare_units(self, pieces: Sequence[list[Term]]) -> Iterator[tuple[Unit, ...]]:
        if self._aliases is not None:
            self._aliases.look_at([stem for terms in pieces for term in terms for stem in self._stems(term)])
        at = 0
        while at < len(pieces):
            taken, unit = self._longest_name(pieces[at:])
            yield (unit,)
            at += taken

    def _longest_name(self, pieces: Sequence[list[Term]]) -> tuple[int, Unit]:
        """Return how many pieces are one name together, one at least, and their unit."""
        longest = self._aliases.longest if self._aliases else 1
        for taken in range(min(len(pieces), longest), 0, -1):
            terms = list(chain.from_iterable(pieces[:taken]))
            readings = self._readings(terms)
            others = self._others(readings)
            if others or taken == 1:
                return taken, Unit(
                    readings=(*readings, *others),
                    folded=tuple(term.folded for term in terms),
                    is_function_word=len(terms) == 1 and self._analyzer.is_stopword(terms[0].text),
                )
        raise AssertionError("a piece is a name by itself")

    def _readings(self, terms: Sequence[Term]) -> tuple[tuple[str, ...], ...]:
        if len(terms) == 1:
            return tuple((stem,) for stem in self._stems(terms[0]))
        return (tuple(term.stem for term in terms),)

    def _stems(self, term: Term) -> tuple[str, ...]:
        return self._analyzer.stems_of(term.text) or (term.stem,)

    def _others(self, readings: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        found: dict[tuple[str, ...], str] = {}
        if self._aliases is None:
            return []
        for form in self._aliases.others(next(iter(readings))):
            found.setdefault(self._aliases.stems(form), form)
        self.also_searched.extend(found.values())
        return list(found)


@cache
def aliases_of(analyzer: Analyzer) -> Aliases:
    """Return the aliases of an analyzer, made once."""
    return Aliases(analyzer)


def _together(terms: Sequence[Term]) -> Unit:
    return Unit(readings=(tuple(t.stem for t in terms),), folded=tuple(t.folded for t in terms))


def _unfolded(folded: str) -> Iterator[str]:
    """Yield spellings that fold to the same: with teh marbuta, with a hamza on the alef before a lam."""
    if folded.endswith("\u0647"):
        yield folded[:-1] + "\u0629"
    if folded.startswith("\u0627\u0644"):
        yield "\u0623" + folded[1:]


def _quoted(stems: Iterable[str]) -> str:
    return '"' + " ".join(stems).replace('"', " ") + '"'
