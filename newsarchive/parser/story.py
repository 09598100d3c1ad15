"""The body: lead and paragraphs of the story, judged by wording and place; what was left out and why it matters.

Inserted links to other stories («اقرأ أيضاً») are kept apart for `related`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.parser import phrases, roles
from newsarchive.parser.leads import (
    MIN_LEAD,
    MIN_PROSE,
    is_described,
    is_lead,
    is_named_lead,
    pieces_above,
)
from newsarchive.parser.paragraphs import Piece, read_pieces
from newsarchive.parser.stamps import MAX_MARK, WORD, facts_below, is_date, is_mark, is_stamp, is_time, may_be_date
from newsarchive.parser.texts import collapse, text_of
from newsarchive.parser.titles import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from newsarchive.parser.container import Container

# الصفحات: [1] 2 3, صفحة 1 من 38: more than the one page that a story may be told on.
_PAGES = re.compile(r"(?:\u0627\u0644)?\u0635\u0641\u062d(?:\u0629|\u0627\u062a)\W*\d\D{1,8}\d[\W\d]*")
_FULL_STOP = re.compile(r"(?<!\.)\.\Z")
_MOSTLY_LINKED = 0.7
_TOO_LITTLE = 0.25  # of a container's text
_MAX_LEADS = 6
_MAX_TIMES = 20  # of a story
_ENDS = 3  # paragraphs at the start and the end of a story
_MIN_REFRAIN = 3
_OPENING, _DESCRIPTION = 60, 150  # characters of the description that are compared, and where they are found
_MIN_QUOTE = 15  # characters of a quotation that is set out from a paragraph
_QUOTES = " \"'\u00ab\u00bb\u2018\u2019\u201c\u201d\u201e\u2039\u203a\u2013\u2014-"  # quotation marks and dashes


class Inserted(NamedTuple):
    """A link to another story that stands in or below this one."""

    link: etree._Element
    inline: bool


class Listing(NamedTuple):
    """What of a story looks like a list of stories: teasers, headings, and whether numbers of pages stand with it."""

    teasers: int = 0  # lines that are nothing but a link
    headings: int = 0  # that are links, with text under them
    paged: bool = False


_NO_LISTING = Listing()


@dataclass(frozen=True, slots=True)
class Story:
    """The paragraphs of the body, the lines above it that are none, the links to other stories in it."""

    pieces: tuple[Piece, ...] = ()
    above: tuple[Piece, ...] = ()
    inserted: tuple[Inserted, ...] = ()
    start: etree._Element | None = None  # of the first paragraph in the container
    stamps: tuple[Piece, ...] = ()  # lines over and under it that are a date or a time
    listing: Listing = _NO_LISTING


def read_story(
    container: Container, *, headline: etree._Element | None, heading: str, description: str | None
) -> Story:
    """Return the story that stands in a container and above it; `heading` is the key of the headline."""
    inside = _read_inside(container)
    if sum([len(piece.text) for piece in inside]) < _TOO_LITTLE * container.whole:
        # A story told in the lines under its pictures.
        container = replace(container, named=container.named | roles.CAPTION | roles.MEDIA | roles.PICTURE)
        inside = _read_inside(container)
    del inside[facts_below(inside) :]
    described = key_of(description[:_DESCRIPTION])[:_OPENING] if description else None
    after = _after_headline(inside, heading)
    over = inside[: len(inside) - len(after)]
    inside = _without_refrains(_without_captions(after, container, described))
    known = {piece.text for piece in inside}
    above = [] if headline is None else pieces_above(container, headline, described)
    leads = [piece for piece in above if piece.text not in known and is_lead(piece, described, heading)]
    if len(leads) > _MAX_LEADS:
        leads = [piece for piece in leads if is_named_lead(piece.element)]
    kept, inserted = _judge([*leads, *inside], container.element)
    ends = [*inside[:_ENDS], *inside[-_ENDS:]]
    stamps = [piece for piece in over[-_ENDS:] if may_be_date(piece)]
    stamps += [piece for piece in ends if is_stamp(piece) and piece not in kept]
    told = {piece.text for piece in kept if piece.kind == "text" and piece not in leads}
    before = takewhile(lambda piece: piece.text not in told, above)
    others = [piece for piece in before if piece not in leads]
    start = next((piece.element for piece in kept if piece not in leads), None)
    return Story(tuple(kept), tuple(others), tuple(inserted), start, tuple(stamps), _listing_of(inside))


def _listing_of(pieces: Sequence[Piece]) -> Listing:
    links = [piece for piece in pieces if piece.linked and _is_link(piece)]
    ends = (*pieces[:_ENDS], *pieces[-_ENDS:])
    return Listing(
        teasers=len([link for link in links if len(link.text) >= MIN_LEAD]),
        headings=_count_linked_headings(pieces) if any(link.kind == "heading" for link in links) else 0,
        paged=any(_PAGES.fullmatch(piece.text) for piece in ends),
    )


def _read_inside(container: Container) -> list[Piece]:
    pieces = read_pieces(container.element, container)
    for sibling in _continuations(container):
        pieces.extend(read_pieces(sibling, container))
    return pieces


def _continuations(container: Container) -> Iterator[etree._Element]:
    """Yield the elements after the container that go on with the story: same tag, same class.

    So do those after an element that holds nothing else than the container.
    """
    weights = container.trusted
    element: etree._Element | None = container.element
    whole = weights.get(container.element, 0.0)
    while element is not None and weights.get(element, 0.0) <= whole:
        name = element.get("class")
        if element is not container.element and not (name and roles.roles_of_name(name) & roles.BODY):
            name = None  # of a wrapper it is believed only where it is called a story's text
        for sibling in element.itersiblings() if name else ():
            if sibling.tag == element.tag and sibling.get("class") == name and weights.get(sibling, 0.0) > 0:
                yield sibling
        element = element.getparent()


def _after_headline(pieces: list[Piece], heading: str) -> list[Piece]:
    """Return the pieces without the headline, and without what stands over it."""
    if heading:
        for place, piece in enumerate(pieces[:12]):
            if piece.element.tag == "h1" or (_may_be_heading(piece, heading) and key_of(piece.text).endswith(heading)):
                return pieces[place + 1 :]
    return pieces


def _may_be_heading(piece: Piece, heading: str) -> bool:
    length = len(piece.text) - len(heading)
    return length >= -20 and (length <= 60 or piece.kind == "heading")


def _without_captions(pieces: list[Piece], container: Container, described: str | None) -> list[Piece]:
    """Return the pieces without the lines that a picture bears as its own text: captions in unmarked elements.

    Systems that give a picture the lead for its text give it to the page as its description as well.
    """
    captions = {
        text_of(element) if element.tag == "figcaption" else collapse(element.get("alt") or "")
        for element in container.element.iter("img", "amp-img", "figcaption")
    }
    return [
        piece
        for piece in pieces
        if piece.kind == "heading" or piece.text not in captions or is_described(key_of(piece.text), described)
    ]


def _without_refrains(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without those that come again and again, as what stands for embeds that are not shown."""
    if len(pieces) - len({piece.text for piece in pieces}) < _MIN_REFRAIN - 1:
        return pieces
    times = Counter(text for text, _ in {(piece.text, piece.element) for piece in pieces})  # not in lines of a poem
    kept = [piece for piece in pieces if times[piece.text] < _MIN_REFRAIN or len(piece.text) < MIN_LEAD]
    # A page may print the whole story more than once.
    return kept if 2 * sum(len(piece.text) for piece in kept) > sum(len(piece.text) for piece in pieces) else pieces


def _judge(pieces: Sequence[Piece], container: etree._Element) -> tuple[list[Piece], list[Inserted]]:
    """Return the pieces that are the story's, and the links of those that lead to other stories."""
    kept: list[Piece] = []
    links: list[tuple[etree._Element, int]] = []  # with: how many paragraphs stand before it
    box: etree._Element | None = None
    times = {text_of(time) for time in islice(container.iter("time"), _MAX_TIMES)}
    for place, piece in enumerate(pieces):
        is_link = piece.linked > 0 and _is_link(piece)
        if box is not None:
            if is_link or _is_in(piece, box) or _is_of_card(piece, links, kept, container):
                links.extend((link, len(kept)) for link in piece.links)
                continue
            box = None
        length = len(piece.text)
        kinds = phrases.line_kinds(piece.text)
        may_be_mark = length <= MAX_MARK or piece.text[0] == "["
        if is_link or not WORD.search(piece.text) or (may_be_mark and is_mark(pieces, place)):
            if kinds & phrases.LINKS_FOLLOW or _is_insert(pieces, place, kept):
                links.extend((link, len(kept)) for link in piece.links)
        elif kinds & phrases.LINKS_FOLLOW and (piece.links or _is_title(piece.text)):
            links.extend((link, len(kept)) for link in piece.links)
            box = None if piece.links else _box_of(piece, pieces, place, container)
        elif kinds & phrases.COMMENTS and length < MIN_PROSE and len(kept) > _before_comments(piece.text):
            break
        elif (
            not kinds & phrases.FURNITURE
            and not (piece.kind == "quote" and _is_repeated(piece, pieces))
            and not (len(kept) < 2 and is_stamp(piece))
            and not (times and is_time(piece, times))
        ):
            kept.append(piece)
    _cut_end(kept)
    return kept, [Inserted(link, before < len(kept)) for link, before in links]


def _before_comments(heading: str) -> int:
    """Return after how many paragraphs a line begins the comments; a number of them may stand in a bar at the top."""
    return 3 if heading[0].isdecimal() else 1


def _cut_end(kept: list[Piece]) -> None:
    """Take a date and headings without text off the end of a story."""
    if len(kept) > 1 and is_date(kept[-1]):
        kept.pop()
    while kept and kept[-1].kind == "heading":
        kept.pop()


def _count_linked_headings(pieces: Sequence[Piece]) -> int:
    """Return how many headings are links and have text under them."""
    heads = [(head, after) for head, after in pairwise(pieces) if head.kind == "heading" and _is_link(head)]
    return len([after for _, after in heads if not _is_link(after)])


def _is_title(text: str) -> bool:
    """Say whether a line without links stands over something, and is no sentence."""
    return text.endswith(":") or (len(text) < MIN_PROSE and not _FULL_STOP.search(text))


def _is_link(piece: Piece) -> bool:
    """Say whether a line is little else than a link, as to another story, and no sentence in a paragraph."""
    length = len(piece.text)
    if not piece.linked or piece.linked < _MOSTLY_LINKED * length or length > phrases.MAX_LINE:
        return False
    return not (piece.element.tag == "p" and length >= MIN_PROSE and _FULL_STOP.search(piece.text))


def _is_insert(pieces: Sequence[Piece], place: int, kept: Sequence[Piece]) -> bool:
    """Say whether a line that is one link stands alone in the midst of the story."""
    piece = pieces[place]
    if not kept or not piece.links or piece.kind == "item" or len(piece.text) < MIN_LEAD:
        return False
    return any(not _is_link(other) and len(other.text) > MIN_PROSE for other in pieces[place + 1 : place + 3])


def _is_repeated(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Say whether a quotation is only set out from a paragraph that says the same."""
    quoted = piece.text.strip(_QUOTES)
    return len(quoted) > _MIN_QUOTE and any(quoted in other.text for other in pieces if other is not piece)


def _is_of_card(
    piece: Piece, links: Sequence[tuple[etree._Element, int]], kept: Sequence[Piece], container: etree._Element
) -> bool:
    """Say whether a text stands around the link before it and around no text of the story: under a card's title."""
    if not links or piece.element is container or piece.element not in links[-1][0].iterancestors():
        return False
    return not kept or not _is_in(kept[-1], piece.element)


def _is_in(piece: Piece, box: etree._Element) -> bool:
    return piece.element is box or box in piece.element.iterancestors()


def _box_of(piece: Piece, pieces: Sequence[Piece], place: int, container: etree._Element) -> etree._Element:
    """Return the element that a heading is the heading of: the highest with no paragraph before it."""
    box = piece.element
    before = pieces[place - 1].element if place else None
    above_before = set() if before is None else {before, *before.iterancestors()}
    for outer in piece.element.iterancestors():
        if outer is container or outer in above_before or outer.getparent() is None:
            break
        box = outer
    return box
