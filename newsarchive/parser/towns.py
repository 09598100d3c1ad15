"""Towns in a credit line that no list knows: told by what stands beside them.

Works on what newsarchive.parser.wording has taken apart; whom the line credits is not asked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsarchive.arabic.lexicon import ARTICLE
from newsarchive.parser.lexicon import Kind, known_words
from newsarchive.parser.wording import Mark

if TYPE_CHECKING:
    from newsarchive.parser.wording import Part, Segment

_APART = frozenset({Mark.DASH, Mark.SLASH})
_AFTER_TOWN = frozenset({Kind.NAME, Kind.GENERAL, Kind.SILENT})
_MAX_WORDS = 2


def is_town_with_country(parts: list[Segment], at: int) -> bool:
    """Say whether a segment is a town that no list knows, with its country and a bracket after it.

    For example «وادي السرو، الأردن (رويترز)».
    """
    town, following = parts[at].parts, parts[at + 1 : at + 3]
    if [segment.mark for segment in following] != [Mark.COMMA, Mark.BRACKET] or len(town) > _MAX_WORDS:
        return False
    return all(part.kind is Kind.WORD for part in town) and all(part.kind is Kind.PLACE for part in following[0].parts)


def is_town_beside_source(parts: list[Segment], at: int, line: str) -> bool:
    """Say whether a segment is a town before one agency, or behind the outlet itself."""
    return _is_before_agency(parts, at, line) or _is_behind_outlet(parts, at, line)


def _is_before_agency(parts: list[Segment], at: int, line: str) -> bool:
    """Say whether a segment is a town that no list knows before one agency: حمقان ـ العمانية:

    Before the outlet itself a colon must end the line.
    """
    return (
        at == 0
        and len(parts) == 2
        and _is_unknown(parts[at])
        and parts[1].mark in _APART
        and all(_is_agency(part, colon=line.endswith(":")) for part in parts[1].parts)
    )


def _is_behind_outlet(parts: list[Segment], at: int, line: str) -> bool:
    """Say whether a segment is a town that no list knows behind the outlet: سهل نت – حمقان:, سهل نت - حمقان - خاص.

    An outlet of one word may be a common noun: الميدان - توصيات:
    """
    outlet, town = parts[0].parts, parts[at].parts
    if at != 1 or parts[at].mark not in _APART or not _is_unknown(parts[at]):
        return False
    rest = [part.kind for segment in parts[2:] for part in segment.parts]
    is_definite = town[0].key.startswith(ARTICLE) and Kind.SILENT not in rest
    if len(town) > 1 or is_definite or " " not in outlet[0].key:
        return False
    ended = _AFTER_TOWN.issuperset(rest) if rest else line.endswith(":")
    return ended and all(part.kind is Kind.OWN for part in outlet)


def _is_unknown(segment: Segment) -> bool:
    """Say whether a segment is one or two words that are no person's, such as حمقان or رأس السهل."""
    words = [part for part in segment.parts if part.kind in {Kind.WORD, Kind.PLACE}]
    unknown = len(words) == len(segment.parts) and all(part.key not in known_words().given_names for part in words)
    return unknown and len(words) <= _MAX_WORDS


def _is_agency(part: Part, *, colon: bool) -> bool:
    """Say whether a name is an agency's; before a colon also where it is an adjective as well, or the outlet's."""
    if colon:
        return part.agency is not None or part.kind is Kind.OWN
    return part.agency is not None and part.kind is not Kind.PLACE and part.key not in known_words().adjectives
