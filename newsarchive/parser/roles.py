"""What class and id names say of an element. The words stand in data/roles.toml; no tree here.

Theme authors name things in English nearly everywhere, whatever the language of the page.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from newsarchive.data import table

if TYPE_CHECKING:
    from lxml import etree

_WORDS_OF: dict[str, list[str]] = dict(table("roles.toml"))
_OTHERWISE = frozenset(_WORDS_OF.pop("otherwise"))

# One bit a role, plain integers: operations of enum.IntFlag cost ten times as much.
_BITS = {name: 1 << place for place, name in enumerate(_WORDS_OF)}
BODY: Final = _BITS["body"]
LEAD: Final = _BITS["lead"]
SUBTITLE: Final = _BITS["subtitle"]
KICKER: Final = _BITS["kicker"]
HEADLINE: Final = _BITS["headline"]
AUTHOR: Final = _BITS["author"]
DATE: Final = _BITS["date"]
META: Final = _BITS["meta"]
TAGS: Final = _BITS["tags"]
BREADCRUMB: Final = _BITS["breadcrumb"]
SECTION: Final = _BITS["section"]
RELATED: Final = _BITS["related"]
SIDE: Final = _BITS["side"]
COMMENT: Final = _BITS["comment"]
SHARE: Final = _BITS["share"]
PROMO: Final = _BITS["promo"]
AD: Final = _BITS["ad"]
NAVIGATION: Final = _BITS["navigation"]
CAPTION: Final = _BITS["caption"]
MEDIA: Final = _BITS["media"]
HIDDEN: Final = _BITS["hidden"]
WALL: Final = _BITS["wall"]
BIO: Final = _BITS["bio"]
PULLQUOTE: Final = _BITS["pullquote"]
LISTING: Final = _BITS["listing"]
SOURCE: Final = _BITS["source"]
PICTURE: Final = _BITS["picture"]

# What never is running text of the story, wherever it stands.
FURNITURE: Final = (
    RELATED | SIDE | COMMENT | SHARE | PROMO | AD | NAVIGATION | CAPTION | MEDIA | HIDDEN | WALL | BIO | PULLQUOTE
)

_ROLES: dict[str, int] = {}
for _name, _words in _WORDS_OF.items():
    for _word in _words:
        _ROLES[_word] = _ROLES.get(_word, 0) | _BITS[_name]

# Where the words of a name part: besides blanks the joints of BEM and of utility classes.
_JOINTS = str.maketrans(dict.fromkeys("-_:./[]()#,;|", " "))
_BOX = re.compile(r"(?:box|block)\Z")  # written to the word that says what is in it: relatedbox
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MEMORY = 20_000  # names remembered; the pages of one site share theirs


def roles(element: etree._Element) -> int:
    """Return the roles that an element's class and id speak of, as bits."""
    name, identity = element.get("class"), element.get("id")
    found = roles_of_name(name) if name else 0
    return found | roles_of_name(identity) if identity else found


def role_of_label(element: etree._Element) -> int:
    """Return AUTHOR or PROMO where the id of what labels an element speaks of one; of nothing else it is believed."""
    return roles_of_name(element.get(LABELLED, "")) & (AUTHOR | PROMO)


class _Known(dict[str, int]):
    """Names and their roles, found out when a name is first met."""

    def __missing__(self, name: str) -> int:
        if len(self) >= _MEMORY:
            self.clear()
        found = self[name] = _read(name)
        return found


LABELLED: Final = "aria-labelledby"  # the attribute that names the id of an element's label: article-byline
# The roles that the words of a name speak of, each alone and with the one before it. No function of ours: it is asked
# for every element that has names, and nearly always known.
roles_of_name = _Known().__getitem__


def _read(name: str) -> int:
    lowered = name.lower()
    found = _read_words(lowered.translate(_JOINTS).split())
    if lowered != name:
        found |= _read_words(_HUMP.sub(" ", name).lower().translate(_JOINTS).split())
    return found


def _read_words(words: list[str]) -> int:
    found = 0
    before = ""
    for word, after in pairwise([*words, ""]):
        if before + word not in _OTHERWISE and word + after not in _OTHERWISE:
            for each in (word, before + word, _BOX.sub("", word)):
                found |= _ROLES.get(each, 0)
        before = word
    return found
