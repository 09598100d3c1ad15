"""What the analyzer knows of words beforehand: how frequent they are, irregular plurals, names, function words.

A value that is passed in; where the lists lie and how they are read is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ARTICLE = "\u0627\u0644"  # alef lam
_PLURAL_OF_PEOPLE = "\u0627\u0621"  # the alef and hamza that end وزراء
_ALEF = "\u0627"


@dataclass(frozen=True, kw_only=True, eq=False)
class Lexicon:
    """Words by their `spelling` (see arabic.words).

    `counts`: occurrences in a thousand million words of text, for the most frequent forms as they stand in text,
    clitics and endings included. `irregular`: a form to the singular that it belongs to, which belongs to itself.
    `ambiguous`: a word to plurals that are asked for with it without being it, for they or it may be another word.
    `stopwords`: function words. `aliases`: groups of words or phrases, as written, that name the same.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stopwords: frozenset[str] = frozenset()
    aliases: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def rarest(self) -> int:
        """The count below which a form is not listed: what is absent occurs less often than this."""
        return max(1, min(self.counts.values(), default=1))

    @cached_property
    def base(self) -> dict[str, str]:
        """The base of each word of which no letter is a clitic or an ending: of function words, irregular forms."""
        return {**{word: word for word in self.stopwords}, **self.irregular}

    @cached_property
    def definite(self) -> dict[str, int]:
        """How often a form occurs with the article, by the form without it."""
        return {form[2:]: count for form, count in self.counts.items() if form.startswith(ARTICLE)}

    @cached_property
    def people(self) -> frozenset[str]:
        """Nouns for men that have a form for women (وزير, نائب), told by the shape of their plural."""
        return frozenset(singular for form, singular in self.irregular.items() if _is_of_people(form, singular))

    def count(self, form: str) -> int:
        """Return how often a form occurs as it stands; 0 if it is not listed."""
        return self.counts.get(form, 0)

    def count_noun(self, form: str) -> int:
        """Return how often a form occurs with and without the article."""
        return self.counts.get(form, 0) + self.definite.get(form, 0)

    def is_name_of_place(self, form: str) -> bool:
        """Tell whether a form takes the article never (لبنان) or nearly always (العراق), as no common noun does."""
        bare, definite = self.counts.get(form, 0), self.definite.get(form, 0)
        return definite < _NEVER * bare or definite > _ALWAYS * bare


# Shares of definite to bare forms: of 4,000 frequent nouns the median is 0.74, one in twenty lies outside these.
_NEVER = 0.05
_ALWAYS = 3.7


def _is_of_people(plural: str, singular: str) -> bool:
    """Tell وزراء of وزير and نواب of نائب; شوارع of شارع and جبال of جبل are no people."""
    if plural.endswith(_PLURAL_OF_PEOPLE):
        return True
    agent = len(singular) == 4 and singular[1] == _ALEF  # the shape فاعل
    return agent and len(plural) == 4 and plural[2] == _ALEF  # the shape فعّال
