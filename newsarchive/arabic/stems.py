"""Stems of Arabic words, with each clitic and ending decided by how frequent the forms are.

A first letter of the kind و ف ب ك ل س may be a clitic or belong to the root, and so may an end; a frequency list
tells most of them:

- what takes the article has no clitic before it: البحر is attested, so the beh of بحر belongs to the root; and it
  has no pronoun behind it;
- otherwise a form is read as clitic + rest only if the rest is attested, and the form is not far more frequent than
  such clitics are with other words: فهد, a name, would be a hundred times too frequent for «so he demolished».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsarchive.arabic.endings import UNBOUNDED, places, splits, without_evidence
from newsarchive.arabic.lexicon import ARTICLE
from newsarchive.arabic.memory import Remembered
from newsarchive.arabic.words import spelling

if TYPE_CHECKING:
    from newsarchive.arabic.lexicon import Lexicon

_ARABIC = re.compile("[\u0621-\u064a]+")
_REMEMBERED = 200_000  # words; about 40 MB
_APART = frozenset({"و", "ال"})  # clitics that some write apart (و المغامرة, الـ BBC): as words they say nothing

# Where in a word we are: clitics stand in the order conjunction, preposition, article.
_CONJUNCTION, _PREPOSITION, _ARTICLE, _NOUN = range(4)

ALEF, BEH, TEH, TEH_MARBUTA, SEEN, LAM = "\u0627", "\u0628", "\u062a", "\u0629", "\u0633", "\u0644"
HEH, WAW, YEH, HAMZA = "\u0647", "\u0648", "\u064a", "\u0621"
YEH_HAMZA = YEH + HAMZA
_WEAK = ALEF + WAW + YEH
_RADICAL_ALEF = "\u0623"  # see words.spelling

# clitic: typical rate, limit (see endings); what may follow
_CLITICS = {
    "و": (0.035, 0.25, _PREPOSITION),
    "ف": (0.001, 0.012, _PREPOSITION),
    "ب": (0.015, 0.5, _ARTICLE),
    "ك": (0.0015, 0.05, _ARTICLE),
    "ل": (0.015, 0.35, _ARTICLE),
    "س": (0.03, 1.0, _NOUN),
}
_CONJUNCTIONS = frozenset("وف")
_FIRST = frozenset(_CLITICS) | {"ا"}  # first letters of clitics and of the article
_BEFORE_VERBS = {"و": 3.0, "ف": 0.05}  # a story's verbs stand behind a waw as often as without it
_ARTICLE_RATE = 0.74
_ARTICLE_LIMIT = 20
_NOUN_SHARE = 0.02  # of definite to bare forms, from which on a form counts as a noun
_TAKES_SECOND_ARTICLE = 0.1
_SPELLED_BADLY = HEH + HAMZA  # last letters that stand for others
_SHARE_OF_WRONG = 0.05  # of المياة to المياه: the commonest misspellings, and below rare words that are right
_LONG, _OF_LONG = 5, 12  # letters of a noun that is hardly a part of another by chance, and how much more it may have
_OF_MANNER = 6  # the same for بشدة, بدقة: nouns that stand behind a beh as often as not
_COMMON = 8  # times the rarest form that is listed


# A form's base, how often the form is to be expected by it, and how often at the most.
Explained = tuple[str, float, float]


class Stemmer:
    """Finds stems by a lexicon, and remembers them: `stem(word as written)`, `stem_of(spelling)`.

    It runs for every new word of an import: hence the local names and the few calls.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.stem = Remembered(self._find, most=_REMEMBERED).__getitem__
        self._lexicon = lexicon
        self._count = lexicon.counts.get
        self._definite_count = lexicon.definite.get
        self._base = lexicon.base.get
        self._rarest = lexicon.rarest
        self._explained: dict[str, Explained] = {}  # of forms without clitics, which come up again and again

    def stem_of(self, form: str) -> str:
        """Return the stem of a spelling: "" for a clitic alone; other scripts and numbers are as they are."""
        if form in _APART:
            return ""
        if not _ARABIC.fullmatch(form):
            return form
        base = self._explain(form, _CONJUNCTION)[0]
        if base[-1] == TEH_MARBUTA and self._is_heh(base):
            base = self._explain(base[:-1] + HEH, _NOUN)[0]
        if _RADICAL_ALEF in base:
            base = base.replace(_RADICAL_ALEF, ALEF)
        return base[:-1] + HEH if base[-1] == TEH_MARBUTA else base

    def _find(self, word: str) -> str:
        if len(self._explained) >= _REMEMBERED:
            self._explained.clear()
        return self.stem_of(spelling(word))

    def _explain(self, form: str, step: int) -> Explained:
        if step != _NOUN and form[0] in _FIRST:
            return self._decide(form, step)
        explained = self._explained.get(form)
        if explained is None:
            explained = self._explained[form] = self._decide(form, _NOUN)
        return explained

    def _decide(self, form: str, step: int) -> Explained:
        count = self._count(form, 0)
        known = self._base(form)
        if known == form:
            return self._as_it_is(form, count)
        respelled = known
        if not known and (not count or form[-1] in _SPELLED_BADLY or form[:2] == ARTICLE):
            respelled = self._respelled(form, count)
        if respelled is not None:
            base, support, ceiling = self._explain(respelled, step)
            return base, max(count, support), max(self._lexicon.count_noun(form), ceiling, self._rarest)
        if len(form) < 3:
            return form, count, count
        if step == _NOUN:
            return self._ending(form, count)
        return self._without_article(form, count, step) or self._best(form, count, step)

    def _as_it_is(self, form: str, count: int) -> Explained:
        """Return a listed word as its own base, or the place that it is of: even تركي, whose plural is أتراك."""
        base = form
        if not count or self._definite_count(form, 0) > _NOUN_SHARE * count:  # a verb takes no article
            found = (place for place, _, _ in places(form, self._lexicon))
            base = max(found, key=self._lexicon.count_noun, default=form)
        return base, max(count, self._rarest), max(self._lexicon.count_noun(form), self._rarest)

    def _respelled(self, form: str, count: int) -> str | None:
        """Return another spelling of the same word that the lexicon prefers."""
        counted = self._count
        last = form[-1]
        if last == HEH:
            candidate = form[:-1] + TEH_MARBUTA
            return candidate if self._is_teh_marbuta(form, count, counted(candidate, 0)) else None
        if form[-2:] == YEH_HAMZA:  # مبادىء of مبادئ: yeh and hamza for hamza on yeh
            candidate = form[:-2] + HAMZA
            return candidate if count < counted(candidate, 0) else None
        if form[:2] == ARTICLE:  # الغاء of إلغاء
            candidate = _RADICAL_ALEF + form[1:]
            return candidate if count < counted(candidate, 0) else None
        if not count and (last == HAMZA or form.find(WAW, 1, -1) > 0):
            return self._with_hamza(form)
        return None

    def _is_teh_marbuta(self, form: str, count: int, count_of_other: int) -> bool:
        """Tell the heh of مدرسه, which lacks its dots, from the pronoun of نظره."""
        if count < 0.1 * count_of_other:
            return True
        return count < 0.2 * count_of_other and 0.05 * self._lexicon.count_noun(form[:-1]) < 0.12 * count_of_other

    def _is_heh(self, noun: str) -> bool:
        """Tell the dotted heh of المياة or تجاة, which has no dots, from the teh marbuta of rare words."""
        counted = self._lexicon.count_noun
        return noun not in self._lexicon.base and counted(noun) < _SHARE_OF_WRONG * counted(noun[:-1] + HEH)

    def _with_hamza(self, form: str) -> str | None:
        """Return the common word that an unknown form is without its hamza (سوال) or with another seat for it (ضؤ)."""
        inside = range(1, len(form) - 1) if len(form) > 3 else ()
        found = [form[:at] + HAMZA + form[at + 1 :] for at in inside if form[at] == WAW and form[at - 1] not in _WEAK]
        least = _COMMON * self._rarest
        if form[-1] == HAMZA:
            found = [form[:-1] + WAW + HAMZA, form[:-1] + YEH_HAMZA]
            found += [form[:-2] + HAMZA] if form[-2:-1] == WAW else []
            least = 2 * self._rarest
        return next((candidate for candidate in found if self._count(candidate, 0) > least), None)

    def _without_article(self, form: str, count: int, step: int) -> Explained | None:
        """Read ال, لل and a clitic before them, which are rarely anything else."""
        if form.find(LAM, 1, 3) < 0 or len(form) < 4 or self._definite_count(form, 0) > _TAKES_SECOND_ARTICLE * count:
            return None
        if form[:2] == ARTICLE:
            return self._definite(form[2:], count)
        if form[:2] == LAM + LAM and step <= _PREPOSITION:
            nouns = (form[2:], form[1:])  # للعراق of العراق, للغة of اللغة
            return self._definite(max(nouns, key=lambda noun: self._explain(noun, _NOUN)[1]), count)
        if form[1:3] == ARTICLE and form[0] in "وفبك" and len(form) > 5:
            return self._proclitic(form, count, step)
        return None

    def _definite(self, noun: str, count: int) -> Explained | None:
        base, support, ceiling = self._explain(noun, _NOUN)
        if count > _ARTICLE_LIMIT * ceiling and (noun[0] == TEH or len(noun) < 3):
            return None  # التقاط is the eighth form of a verb; البحرين is a name that has its article always
        if not ceiling and noun[0] == TEH and len(noun) == 4 and noun[2] == ALEF:
            return None  # so is التهام, which is rare
        return base, max(count, _ARTICLE_RATE * support), max(count, _ARTICLE_LIMIT * ceiling)

    def _best(self, form: str, count: int, step: int) -> Explained:
        """Return the reading of a form with the most support: with a clitic before it, or as the word it is."""
        whole = self._explained.get(form)
        if whole is None:
            whole = self._explained[form] = self._ending(form, count)
        base, support, ceiling = whole
        clitic = None
        if form[0] in _CLITICS and self._definite_count(form, 0) <= _NOUN_SHARE * count:
            clitic = self._proclitic(form, count, step)
        if clitic and (clitic[1] > support or base == form):
            return clitic[0], max(count, clitic[1]), ceiling or self._rarest
        if base != form:
            return self._explain(base, step)[0], support, ceiling
        if not support and step == _CONJUNCTION and form[0] == WAW and len(form) > 4:
            return self._explain(form[1:], _PREPOSITION)[0], 0, 0  # most unknown words are names
        return whole

    def _ending(self, form: str, count: int) -> Explained:
        """Return the reading of the end of a form with the most support, or the form itself."""
        lexicon, rarest = self._lexicon, self._rarest
        definite = self._definite_count(form, 0)
        is_noun = definite > _NOUN_SHARE * count
        occurrences = count + definite
        base, support = form, 0.0
        for place, rate, limit in places(form, lexicon) if form[-1] == YEH else ():
            of_place = lexicon.count_noun(place)
            if occurrences <= limit * of_place and rate * of_place > support:
                base, support = place, rate * of_place
        for shorter, rate, limit in splits(form, lexicon, is_noun=is_noun):
            found, believed, ceiling = self._explain(shorter, _NOUN)
            if not ceiling or form[-1] == TEH_MARBUTA:
                ceiling = max(ceiling, lexicon.count_noun(shorter))
            if ceiling > believed or limit == UNBOUNDED:  # attested with the article, or by both its sound plurals
                believed, ceiling = max(believed, rarest), max(ceiling, rarest)
            if rate * believed > support and occurrences <= limit * ceiling:
                base, support = found, rate * believed
        if not support and not count:
            shorter = without_evidence(form)
            return form if shorter == form else self._explain(shorter, _NOUN)[0], 0, 0
        return base, max(count, support), occurrences if count else rarest

    def _is_future(self, verb: str, count: int) -> bool:
        """Tell the verb behind the seen of سيصل, which is written more often without it, from the rest of سيرة."""
        if verb[0] not in "يتن" or len(verb) < 3:
            return False
        return len(verb) > 3 or (verb[1] not in "اوي" and self._count(verb, 0) > 2 * count)

    def _proclitic(self, form: str, count: int, step: int) -> Explained | None:
        clitic, rest = form[0], form[1:]
        if step >= _ARTICLE or len(rest) < 2 or (step == _PREPOSITION and clitic in _CONJUNCTIONS):
            return None
        rate, limit, following = _CLITICS[clitic]
        definite = self._definite_count(rest, 0)
        if definite <= _NOUN_SHARE * self._count(rest, 0):
            if clitic in "بك" and rest[0] == YEH and not definite:
                return None  # a verb
            limit = _BEFORE_VERBS.get(clitic, limit) if len(rest) > 2 else limit
            if clitic == SEEN and not self._is_future(rest, count):
                return None
        elif clitic == SEEN:
            return None
        elif len(rest) >= _LONG:
            limit *= _OF_LONG
        elif clitic == BEH and rest[-1] == TEH_MARBUTA:
            limit *= _OF_MANNER
        base, support, ceiling = self._explain(rest, following)
        if not support or count > limit * ceiling:
            return None
        return base, rate * support, limit * ceiling
