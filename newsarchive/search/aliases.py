"""Which other names a name has: the groups of aliases.tsv, looked up by stems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsarchive.arabic import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsarchive.arabic import Analyzer

_CORE = 3
Stems = tuple[str, ...]


class Aliases:
    """The groups of a lexicon, and those of their forms that were looked at so far, by their stems.

    Only groups that share three letters with a word asked for are analyzed: to analyze all would take longer than
    a search.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._groups = analyzer.lexicon.aliases
        self._folded = [fold(" ".join(group)) for group in self._groups]
        self._looked_at: set[int] = set()
        self._numbers: dict[Stems, list[int]] = {}
        self.longest = 1

    def look_at(self, stems: Sequence[str]) -> None:
        """Make ready for words of these stems."""
        cores = {stem[:_CORE] for stem in stems}
        for number, folded in enumerate(self._folded):
            if number not in self._looked_at and any(core in folded for core in cores):
                self._looked_at.add(number)
                for form in self._groups[number]:
                    found = self.stems(form)
                    self._numbers.setdefault(found, []).append(number)
                    self.longest = max(self.longest, len(found))

    def others(self, stems: Stems) -> Iterator[str]:
        """Yield the other forms of the groups that hold a form of these stems, as written."""
        for number in self._numbers.get(stems, ()):
            yield from (form for form in self._groups[number] if self.stems(form) != stems)

    def stems(self, form: str) -> Stems:
        """Return the stems of a form."""
        return tuple(term.stem for term in self._analyzer.analyze(form) if term.stem)
