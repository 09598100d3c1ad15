"""Text -> the words by which it is indexed and found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsarchive.arabic.lexicon import ARTICLE
from newsarchive.arabic.stems import Stemmer
from newsarchive.arabic.words import WORD, spelling, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsarchive.arabic.lexicon import Lexicon

# Counts up whenever the same lists give other stems: an index made before then is due to be made again.
ANALYSIS_VERSION = 2

_HEH, _TEH_MARBUTA, _ALEF_WITH_HAMZA = "\u0647", "\u0629", "\u0623"
_SHARE_OF_MEANT = 0.1


class Term(NamedTuple):
    """A word of a text: as written, its place there, its folded form, its stem ("" for a clitic written apart)."""

    text: str
    start: int
    end: int
    folded: str
    stem: str


class Analyzer:
    """Finds the stems of texts by a lexicon, and remembers words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._stemmer = Stemmer(lexicon)
        self.stem = self._stemmer.stem

    def analyze(self, text: str) -> list[Term]:
        """Return the words of a text in order, each with its stem."""
        return [Term(*token, self.stem(token.text)) for token in tokens(text)]

    def stems(self, text: str) -> str:
        """Return the stems of a text with blanks between: what is indexed of it."""
        return " ".join(map(self.stem, WORD.findall(text)))

    def stems_of(self, word: str) -> tuple[str, ...]:
        """Return the stems that a word asked for may have in a text, the likeliest first.

        Who asks in haste writes دوره for دورة and الهام for إلهام; texts do less often. Who asks for عالم wants علماء
        as well, though not for العالم who asks for علماء.
        """
        form = spelling(word)
        stems = [self.stem(word), *map(self._stemmer.stem_of, self._meant(form)), *self._ambiguous_plurals(form)]
        return tuple(dict.fromkeys(filter(None, stems)))

    def _ambiguous_plurals(self, form: str) -> Iterator[str]:
        stem_of = self._stemmer.stem_of
        for singular, plurals in self.lexicon.ambiguous.items():
            if form.endswith(singular) and stem_of(form) == stem_of(singular):  # العالم, not العالمية
                yield from map(stem_of, plurals)

    def _meant(self, form: str) -> Iterator[str]:
        lexicon = self.lexicon
        least = _SHARE_OF_MEANT * lexicon.count_noun(form)
        if form[-1:] == _HEH and lexicon.count_noun(form[:-1] + _TEH_MARBUTA) > least:
            yield form[:-1] + _TEH_MARBUTA
        if form.startswith(ARTICLE) and lexicon.count(_ALEF_WITH_HAMZA + form[1:]) > least:
            yield _ALEF_WITH_HAMZA + form[1:]

    def is_stopword(self, word: str) -> bool:
        """Tell whether a word as written is a function word, clitics or not: من, ومن, بأي."""
        stopwords = self.lexicon.stopwords
        return spelling(word) in stopwords or self.stem(word) in stopwords
