"""Credits inside a paragraph: the dateline it begins with, the name it ends with.

«بيروت - (أ ف ب) - ...», «... --(بترا)». Pure functions on text, which stays as published: only who is credited, and
where the prose begins or ends, is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsarchive.arabic import fold
from newsarchive.parser.credits import credits_in, distinct, read_credit_line
from newsarchive.parser.lexicon import Kind, lexicon, own_names
from newsarchive.parser.wording import Mark, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsarchive.models import Credit
    from newsarchive.parser.lexicon import Lexicon
    from newsarchive.parser.wording import Part

_HEAD, _TAIL = 90, 80  # characters that are looked at
_BRACKET_BY = 40  # where the bracket of a dateline opens at the latest
_PLACE_WORDS = 4  # of a place that no list knows, before a bracket
_SURE = frozenset({Kind.NAME, Kind.GENERAL, Kind.OWN})
_NAMES = _SURE | {Kind.DOUBTFUL}
_BESIDE = frozenset({Kind.PLACE, Kind.DATE, Kind.NEUTRAL, Kind.SILENT, Kind.TYPE, Kind.JOIN})
_IN_DATELINE = _NAMES | _BESIDE
_ENDS = frozenset({Mark.DASH, Mark.SLASH, Mark.COLON, Mark.BRACKET, Mark.LINE})
_ASIDE = frozenset({Mark.DASH, Mark.HYPHEN, Mark.SLASH})

# Dashes here are hyphen to horizontal bar, minus and tatweel; \u00ab and \u00bb are guillemets, \u061f is the Arabic
# question mark, \u201d the closing quote, \u2026 the ellipsis, and the six Arabic letters spell المصدر.
_OPENS = re.compile("[(\\[{<\u00ab]")
_CLOSES = re.compile("[)\\]}>\u00bb]")
_AFTER = re.compile("[\\s)\\]}>\u00bb:/|\u2010-\u2015\u2212\u0640-]*")
_SEPARATES = re.compile("[:\u2010-\u2015\u2212\u0640-]")
_FIRST_WORD = re.compile(r"\w+")
_SOURCE = "\u0627\u0644\u0645\u0635\u062f\u0631"
_SOURCE_AT_END = re.compile(f'(?:^|[\\s.!\u061f\u00bb")(])((?:{_SOURCE}|Source)\\s*:.{{2,60}})$')
_ENCLOSED = re.compile(r"[(\[{/]+\s*([^()\[\]{}/]{2,40}?)\s*[)\]}/]+(.{0,30})$", re.DOTALL)
_AFTER_DASH = re.compile('[.!\u061f\u00bb\u201d"]\\s*[-/\u2010-\u2015\u2212]+\\s*([^-\u2010-\u2015]{2,30})$')
_SENTENCE_END = re.compile('[.!\u061f\u00bb\u201d"\u2026\u2010-\u2015-]\\s*$')
_OPENING = re.compile(f"(?:\\s*{_SOURCE}\\s*:?)?[\\s(\\[{{/\u2010-\u2015-]*$")
_FINISHED = "\u0627\u0646\u062a\u0647\u064a"  # انتهى, folded


def dateline(paragraph: str, *, outlet: Iterable[str] = ()) -> tuple[tuple[Credit, ...], int] | None:
    """Return whom the dateline of a paragraph credits, and where the prose after it begins; None: no such dateline.

    A dateline that names the outlet itself credits nobody. One without any name («بيروت -») is not looked for.
    """
    head = paragraph[:_HEAD]
    own = own_names(tuple(outlet))
    if not _may_begin(head, own):
        return None
    parts = scan(head, own)
    last = _end_of_dateline(parts, head)
    if last is None:
        return None
    after = _AFTER.match(paragraph, parts[last].end)
    return distinct(credits_in(parts[: last + 1], head)), after.end() if after else parts[last].end


def trailing_credit(paragraph: str, *, outlet: Iterable[str] = ()) -> tuple[tuple[Credit, ...], int] | None:
    """Return whom the end of a paragraph credits, and where the prose before it ends; None: there is no such end."""
    cut = max(0, len(paragraph) - _TAIL)
    tail = paragraph[cut:].rstrip()
    own = tuple(outlet)
    if found := _SOURCE_AT_END.search(tail):
        credited = read_credit_line(found[1].rstrip("."), outlet=own)
    elif (found := _ENCLOSED.search(tail)) and _only_initials(found[2], own):
        credited = _enclosed(found[1], tail[: found.start()], own)
    elif found := _AFTER_DASH.search(tail):
        credited = _named(found[1].rstrip(". "), own, kinds=_SURE)
    else:
        return None
    if credited is None:
        return None
    opening = _OPENING.search(tail[: found.start(1)])
    return credited, cut + (opening.start() if opening else found.start(1))


def _may_begin(head: str, own: Lexicon) -> bool:
    """Say, at little cost, whether a paragraph can begin with a dateline: by its first word, or an early bracket."""
    first = _FIRST_WORD.search(head)
    if first is None:
        return False
    word, known = fold(first.group()), lexicon()
    entry = known.entries.get(word)
    begins = word in known.longest and (entry is None or entry.kind in _IN_DATELINE)
    return begins or word in own.longest or _OPENS.search(head[:_BRACKET_BY]) is not None


def _end_of_dateline(parts: Sequence[Part], text: str) -> int | None:
    """Return the last part of the dateline."""
    start = _unknown_place(parts)
    run = start
    while run < len(parts) and parts[run].kind in _IN_DATELINE:
        run += 1
    for last in range(run - 1, start - 1, -1):
        if (parts[last].kind in _NAMES or parts[last].kind is Kind.PLACE) and _closes(parts, last, start, text):
            return last
    return None


def _unknown_place(parts: Sequence[Part]) -> int:
    """Return how many words before a bracketed name are a place that no list knows."""
    bracket = next((at for at, part in enumerate(parts[: _PLACE_WORDS + 1]) if _OPENS.search(part.gap)), 0)
    if not bracket or parts[bracket].kind not in _SURE:
        return 0
    plain = all(part.kind in {Kind.WORD, Kind.PLACE, Kind.DATE} for part in parts[:bracket])
    after = next((part for part in parts[bracket + 1 :] if _CLOSES.search(part.gap)), None)
    return bracket if plain and after is not None and _SEPARATES.search(after.gap) else 0


def _closes(parts: Sequence[Part], last: int, start: int, text: str) -> bool:
    """Say whether the parts up to `last` are a dateline: a name in brackets, after a place, or before a dash."""
    dated, follows = parts[: last + 1], parts[last + 1 : last + 2]
    names = [part for part in dated[start:] if part.kind in _NAMES or _is_agency(part, dated)]
    if not names:
        return False
    sure = all(part.kind in _SURE for part in names)
    placed = start > 0 or dated[0].kind in {Kind.PLACE, Kind.NEUTRAL, Kind.SILENT}
    if any(_OPENS.search(part.gap) for part in names) and _CLOSES.search(
        follows[0].gap if follows else text[parts[last].end :]
    ):
        return (sure or placed) and all(part.kind is not Kind.TYPE for part in dated)
    mark = follows[0].mark if follows else Mark.NONE
    if mark not in _ENDS:  # دمشق-سانا, ... 2017 م واس: no dash follows
        apart = dated[-1].mark in _ASIDE or dated[last - 1].kind is Kind.DATE
        return placed and apart and dated[-1].kind in {Kind.NAME, Kind.OWN}
    if placed or (dated[-1].kind is Kind.PLACE and (sure or dated[0].agency is not None)):
        return True
    return sure and dated[0].kind in _SURE and mark in {Mark.DASH, Mark.SLASH, Mark.LINE}


def _is_agency(part: Part, dated: Sequence[Part]) -> bool:
    """Say whether the name of a place is an agency's: the last of a dateline, after a place: الدوحة /قنا/."""
    return part.kind is Kind.PLACE and part.agency is not None and part is dated[-1] and len(dated) > 1


def _enclosed(inside: str, before: str, own: tuple[str, ...]) -> tuple[Credit, ...] | None:
    """Return whom brackets at the end credit, unless they only explain the name that stands before them."""
    ended = _SENTENCE_END.search(before) is not None
    credited = _named(inside, own, kinds=_NAMES if ended else _SURE)
    if credited is None or ended:
        return credited
    near = scan(before[-40:], own_names(own))[-4:]
    return None if any(part.kind in _SURE or part.kind is Kind.TYPE for part in near) else credited


def _named(text: str, own: tuple[str, ...], *, kinds: frozenset[Kind]) -> tuple[Credit, ...] | None:
    """Return the credits of a text that is nothing but names, places and dates."""
    credited = read_credit_line(f"({text})", outlet=own)
    if credited is None or not any(part.kind in kinds for part in scan(text, own_names(own))):
        return None
    return credited


def _only_initials(text: str, own: tuple[str, ...]) -> bool:
    """Say whether what follows the closing bracket is what agencies sign with: ف م/س ع, انتهى, 17:30."""
    parts = scan(text, own_names(own))
    return all(len(part.key) <= 2 or part.kind is Kind.DATE or part.key == _FINISHED for part in parts)
