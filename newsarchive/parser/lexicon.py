"""The words of credit lines by what they are: agencies, outlets, places, markers, titles.

Built once from newsarchive.data (agencies.toml, outlets.toml, credit_words.toml), all folded. How words are found in
a line stands in newsarchive.parser.wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newsarchive import data
from newsarchive.arabic import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORT = 3  # letters: abbreviations up to here are also words (map, spa; وام folded is وأم)
_TITLE_PARTS = re.compile(r"[|:\u2013\u2014]|\s-\s")  # what separates a site's name from its motto, dashes


class Kind(IntEnum):
    """What a word or a run of words is in a line of print."""

    NAME = auto()  # an agency, a broadcaster, a paper
    DOUBTFUL = auto()  # the name of one, and an ordinary word, a person's name or a section as well
    GENERAL = auto()  # a credit that names nobody: وكالات
    SILENT = auto()  # stands for a credit and credits nobody: خاص
    NEUTRAL = auto()  # stands beside a credit and says nothing of it: بتصرف
    OWN = auto()  # the outlet of the page itself
    PLACE = auto()
    DATE = auto()
    TYPE = auto()  # وكالة, صحيفة: a name follows
    BODY = auto()  # مركز, جامعة: what follows is no person
    PUBLISHER = auto()  # نيوز, برس: what precedes is a name
    SOURCE = auto()  # marker: a credit follows
    WRITER = auto()  # marker: an author follows
    HELPER = auto()  # marker: a photographer, a translator, an editor follows
    TITLE = auto()  # د., الكاتب, مراسل
    NEWSROOM = auto()  # هيئة التحرير, admin
    JOIN = auto()  # and
    PROSE = auto()  # no name goes on here
    WORD = auto()  # any other


MARKERS = frozenset({Kind.SOURCE, Kind.WRITER, Kind.HELPER})


class Entry(NamedTuple):
    """What is known of a form: its kind, the agency it names, and whether it may mean something else."""

    kind: Kind
    agency: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Forms by their folded words, and for each first word the number of words of its longest form.

    The vocabulary is all words of all forms.
    """

    entries: dict[str, Entry]
    longest: dict[str, int]
    vocabulary: frozenset[str]


class Words(NamedTuple):
    """Folded words that are known for one thing, whatever else they are."""

    adjectives: frozenset[str]
    given_names: frozenset[str]
    names_with_waw: frozenset[str]
    sections: frozenset[str]
    dates: frozenset[str]
    dates_after_number: frozenset[str]
    prose: frozenset[str]
    whence: frozenset[str]
    printed: frozenset[str]  # short names exactly as they are printed: dpa, وام


_KINDS = {
    "prose": Kind.PROSE,
    "publishers": Kind.PUBLISHER,
    "press": Kind.NAME,
    "general": Kind.GENERAL,
    "neutral": Kind.NEUTRAL,
    "silent": Kind.SILENT,
    "types": Kind.TYPE,
    "bodies": Kind.BODY,
    "titles": Kind.TITLE,
    "newsroom": Kind.NEWSROOM,
    "conjunctions": Kind.JOIN,
    "source": Kind.SOURCE,
    "writer": Kind.WRITER,
    "helper": Kind.HELPER,
    "date_openers": Kind.DATE,
}
_SOFT_MARKERS = {"source_weak": Kind.SOURCE, "writer_soft": Kind.WRITER}


@cache
def lexicon() -> Lexicon:
    """Return all that the data knows; of two meanings the later here wins."""
    words = data.credit_words()
    dates = (*words["dates"], *words["dates_after_number"])  # a single word is one only beside a number
    entries = _entries((word for word in dates if " " in word), Entry(Kind.NEUTRAL))
    for outlet in data.outlets():
        entries |= _entries(outlet.all_names, Entry(Kind.DOUBTFUL, None, True))
    papers = [title for title in words["titles"] if _key(title) in entries]
    for key, kind in _KINDS.items():
        entries |= _entries(words[key], Entry(kind))
    entries |= _entries(papers, Entry(Kind.TITLE, None, True))  # السفير and اللواء are also papers
    for agency in data.agencies():
        entries |= _entries(agency.unambiguous, Entry(Kind.NAME, agency.name))
        entries |= _entries(agency.ambiguous, Entry(Kind.DOUBTFUL, agency.name, True))
    for place in words["places"]:
        named = entries.get(_key(place), Entry(Kind.WORD))
        doubtful = named.kind is Kind.DOUBTFUL  # القدس and قنا are also a paper and an agency
        entries[_key(place)] = Entry(Kind.PLACE, named.agency if doubtful else None, doubtful)
    for key, kind in _SOFT_MARKERS.items():
        entries |= _entries(words[key], Entry(kind, None, True))
    return _lexicon(entries)


@cache
def known_words() -> Words:
    """Return the sets of single words that context asks for."""
    words = data.credit_words()
    forms = [form for agency in data.agencies() for form in (*agency.unambiguous, *agency.ambiguous)]
    folded = {key: frozenset(map(_key, words[key])) for key in Words._fields if key != "printed"}
    return Words(**folded, printed=frozenset(form for form in forms if len(form) <= SHORT))


@cache
def vocabulary() -> frozenset[str]:
    """Return all words of names and lines that are known in general."""
    return lexicon().vocabulary | known_words().given_names


@lru_cache(maxsize=64)
def own_names(outlet: tuple[str, ...]) -> Lexicon:
    """Return the forms under which an outlet names itself: those given, and all that the data knows of them.

    One word is doubtful that is left of a name without its type: صحيفة العرب, but also محمد العرب.
    """
    forms = [form for name in outlet for form in _forms(name)]
    keys = set(map(_key, forms))
    for key in tuple(keys):
        entry = lexicon().entries.get(key)
        if entry and entry.agency:
            keys.update(_forms_of_agencies()[entry.agency])
    for key in tuple(keys):
        keys.update(_forms_of_outlets().get(key, ()))
    keys.update([key.replace(" ", "") for key in keys])  # آداربرس
    short = {_key(without_type(form)) for form in forms} - keys
    entries = {key: Entry(Kind.OWN, None, " " not in key) for key in short if " " in key or _may_be_own(key)}
    return _lexicon(entries | {key: Entry(Kind.OWN) for key in keys})


def _may_be_own(word: str) -> bool:
    """Say whether a word has no other meaning in a line, as those of places, dates and عاجل have."""
    entry = lexicon().entries.get(word)
    return word not in known_words().dates and (entry is None or entry.kind in {Kind.NAME, Kind.DOUBTFUL})


def is_name(text: str) -> bool:
    """Say whether a text is the name of an agency or an outlet that is known, which may be a rank as well: اللواء."""
    entry = lexicon().entries.get(_key(text))
    return entry is not None and (
        entry.kind is Kind.NAME or (entry.doubtful and entry.kind in {Kind.DOUBTFUL, Kind.TITLE})
    )


def is_place(text: str) -> bool:
    """Say whether a text is the name of a place that is known."""
    entry = lexicon().entries.get(_key(text))
    return entry is not None and entry.kind is Kind.PLACE


@cache
def _forms_of_agencies() -> dict[str, frozenset[str]]:
    return {agency.name: frozenset(map(_key, (*agency.unambiguous, *agency.ambiguous))) for agency in data.agencies()}


@cache
def _forms_of_outlets() -> dict[str, frozenset[str]]:
    """All forms of the outlets that bear a name, Arabic or Latin."""
    found: dict[str, frozenset[str]] = {}
    for outlet in data.outlets():
        forms = frozenset(map(_key, outlet.all_names))
        for key in {_key(outlet.name), _key(outlet.latin)}:
            found[key] = found.get(key, frozenset()) | forms
    return found


def _forms(name: str) -> list[str]:
    """Return what the name or the host of an outlet may be printed as."""
    if "." in name and " " not in name:
        known = data.outlet_for(name)
        bare = name.removeprefix("www.")
        return [bare, *(known.all_names if known else (bare.partition(".")[0],))]
    return [name, *_TITLE_PARTS.split(name)]


def without_type(name: str) -> str:
    """Return the name of an outlet without what it is, by which it calls itself: صحيفة السهل السودانية, السهل."""
    words = name.split()
    type_ends = next((count for count in (3, 2, 1) if _key(" ".join(words[:count])) in _types()), 0)
    rest = words[type_ends:]
    if type_ends and len(rest) > 1 and _key(rest[-1]) in known_words().adjectives:
        rest.pop()
    return " ".join(rest)


@cache
def _types() -> frozenset[str]:
    return frozenset(map(_key, data.credit_words()["types"]))


def _key(form: str) -> str:
    return " ".join(token.folded for token in tokens(form))


def _entries(forms: Iterable[str], entry: Entry) -> dict[str, Entry]:
    return dict.fromkeys(map(_key, forms), entry)


def _lexicon(entries: dict[str, Entry]) -> Lexicon:
    entries.pop("", None)
    longest: dict[str, int] = {}
    for key in entries:
        first, count = key.partition(" ")[0], key.count(" ") + 1
        longest[first] = max(count, longest.get(first, 0))
    return Lexicon(entries, longest, frozenset(word for key in entries for word in key.split()))
