"""Titles: their words as they are compared, and the site's name that stands before or after a headline in them."""

from __future__ import annotations

import re

from newsarchive.arabic import fold

_WORD = re.compile(r"\w+")
# What parts a headline from the site's name: hyphen, dashes, bars, colons, angle quotes, bullets, also full-width.
_JOINT = re.compile(r"\s+[-\u2013\u2014|:\u00bb\u00ab\u2022\u00b7~/]{1,2}\s+|\s*[|\uff5c\uff1a\u3163]\s*|\s*::\s*")
_LOOSE_JOINT = re.compile(rf"{_JOINT.pattern}|:\s+")
_MAX_SITE_NAME_WORDS = 4


def key_of(text: str) -> str:
    """Return the words of a text as they are compared."""
    return " ".join(_WORD.findall(fold(text)))


def site_name_beside(title: str | None, headline: str) -> str | None:
    """Return what stands in a title before or after the headline, with a joint between them."""
    if not title or title == headline:
        return None
    for joint in _LOOSE_JOINT.finditer(title):
        before, after = title[: joint.start()].strip(), title[joint.end() :].strip()
        for part, name in ((before, after), (after, before)):
            if 0 < len(name.split()) <= _MAX_SITE_NAME_WORDS and (part == headline or key_of(part) == key_of(headline)):
                return name
    return None


def without_site_name(title: str, names: frozenset[str], *, guess: bool) -> str:
    """Return a title without the name of its site: a known one, or where `guess` a short last part."""
    while True:
        joints = list(_JOINT.finditer(title))
        if not joints:
            return title
        first, last = joints[0], joints[-1]
        tail = key_of(title[last.end() :])
        if tail in names or (guess and _is_short_tail(tail, title[: last.start()])):
            title = title[: last.start()].strip()
        elif key_of(title[: first.start()]) in names:
            title = title[first.end() :].strip()
        else:
            return title
        if tail not in names:
            return title


def _is_short_tail(tail: str, rest: str) -> bool:
    return len(tail.split()) <= _MAX_SITE_NAME_WORDS and len(key_of(rest)) > 2 * len(tail)
