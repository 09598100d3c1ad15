"""The lead: what stands between headline and container, and which of its lines are the beginning of the story."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsarchive import dates
from newsarchive.parser import roles
from newsarchive.parser.paragraphs import Piece, is_figure, is_foreign, read_pieces
from newsarchive.parser.texts import raw_text, slot_text
from newsarchive.parser.titles import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from newsarchive.parser.container import Container

MIN_LEAD = 30  # characters; a shorter line is neither lead nor headline of another story
MIN_PROSE = 60  # characters; a shorter line may be a title
CLOCK = re.compile(r"\b\d{1,2}:\d\d")
SENTENCE_ENDS = (".", "!", "?", "\u061f", ":", "\u3002")  # also the Arabic question mark, the ideographic full stop
_MAX_ABOVE = 30  # lines
_MAX_PARTS = 4  # of a line
_MAX_NESTED = 4  # elements around a lead, each in the other


def pieces_above(container: Container, headline: etree._Element, described: str | None) -> list[Piece]:
    """Return what stands between headline and container; `described` is how the page describes itself."""
    found: list[Piece] = []
    for element in _between(headline, container.element):
        if not is_foreign(element, container) and not _is_picture(element):
            found.extend(read_pieces(element, container))
        elif element.tag not in ("aside", "nav", "form", "figure"):
            # A line with author, date and buttons may hold the lead as well.
            for inner in element.iter("p", "h2", "h3"):
                text = raw_text(inner) if described else ""
                if is_named_lead(inner) or (len(text) > MIN_LEAD and is_described(key_of(text[:400]), described)):
                    found.extend(read_pieces(inner, container))
    return found[:_MAX_ABOVE]


def _is_picture(element: etree._Element) -> bool:
    """Say whether a block is a picture with its caption, and not the author's above a lead."""
    marked = roles.roles(element) & roles.PICTURE or next(element.iter("p", "h2", "h3"), None) is None
    return bool(marked) and is_figure(element)


def is_named_lead(element: etree._Element) -> bool:
    """Say whether an element, or one around it, is called a lead or the description of its story."""
    outer: etree._Element | None = element
    for _ in range(_MAX_NESTED):
        if outer is None:
            return False
        named = roles.roles(outer) & (roles.LEAD | roles.SUBTITLE)
        if named or outer.get("itemprop") in ("description", "alternativeHeadline"):
            return True
        parent = outer.getparent()
        # An element around nothing else says what it is as well; and whatever it holds, the one around the line.
        if outer is not element and parent is not None and len(parent) > 1:
            return False
        outer = parent
    return False


def is_lead(piece: Piece, described: str | None, heading: str) -> bool:
    """Say whether a line above the container is running text."""
    text = piece.text
    if len(text) < MIN_LEAD or piece.linked > 0.5 * len(text) or sum(map(str.isdigit, text)) > 0.15 * len(text):
        return False
    key = key_of(text[:400])
    if heading and heading in key:
        return False
    if is_named_lead(piece.element):
        return True
    if is_described(key, described):
        return True
    if CLOCK.search(text) and (dates.find(text, reference=None) or has_dated_part(piece)):  # author, date and time
        return False
    return len(text) >= MIN_PROSE and piece.element.tag in ("p", "h2", "h3", "li", "div", "strong", "b")


def has_dated_part(piece: Piece) -> bool:
    """Say whether a part of a line, in an element of its own beside others, is a date and nothing else."""
    parts = list(islice(piece.element, _MAX_PARTS))  # len() would count all children
    texts = map(slot_text, parts) if len(parts) > 1 else ()
    return any(text and text in piece.text and dates.resolve(text, reference=None) for text in texts)


def is_described(key: str, described: str | None) -> bool:
    """Say whether a line is what the page gives as its description, or the beginning of it."""
    return described is not None and len(key) >= MIN_LEAD < len(described) and key.startswith(described[: len(key)])


def _between(first: etree._Element, last: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements between two elements in the order of the page, none within the other."""
    above_last = [last, *last.iterancestors()]
    ancestors = set(above_last)
    for element in (first, *first.iterancestors()):
        if element in ancestors:
            return
        for sibling in element.itersiblings():
            if sibling in ancestors:
                yield from _before(sibling, above_last)
                return
            yield sibling


def _before(element: etree._Element, above_last: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """Yield what in an element stands before the last of the chain that goes through it."""
    depth = above_last.index(element)
    for inner in reversed(above_last[:depth]):
        yield from reversed(list(inner.itersiblings(preceding=True)))
