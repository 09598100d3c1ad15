"""The second parser: BeautifulSoup for pages that lxml cuts, its tree handed on as lxml elements of bounded depth."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 200  # lxml cuts at 255; what is deeper becomes a neighbour of the 200th level, in the same order
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A marked section that HTML does not know, which html.parser answers with an AssertionError: <![C<p>DATA[.
_UNKNOWN_SECTION = re.compile(r"<(?=!\[(?!(?:cdata|temp|ignore|include|rcdata)\[|(?:if|else|endif)\b))", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)


class _ShallowSoup(BeautifulSoup):
    """Closes the innermost element where a new one would go too deep, since each level costs time for all that follows.

    What was closed so stays in the books as open, so that its own end tag closes nothing else.
    """

    def __init__(self, markup: str) -> None:
        self._books: list[list[Any]] = []  # name and whether it is still open, for every element begun
        self._begun: Counter[str] = Counter()
        super().__init__(markup, "html.parser")

    def handle_starttag(self, name: str, *args: Any, **kwargs: Any) -> Tag | None:
        """Open an element, at most at MAX_DEPTH."""
        if len(self.tagStack) > MAX_DEPTH:
            self.endData()
            self.popTag()
            self._books[-1][1] = False
        self._books.append([name, True])
        self._begun[name] += 1
        return super().handle_starttag(name, *args, **kwargs)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:  # noqa: ARG002 - called with it
        """Close the innermost element of that name with all in it."""
        self.endData()
        while self._begun[name]:
            ended, is_open = self._books.pop()
            self._begun[ended] -= 1
            if is_open:
                self.popTag()
            if ended == name:
                break


def parse_leniently(text: str) -> etree._Element:
    """Return the tree that BeautifulSoup reads."""
    soup = _ShallowSoup(_UNKNOWN_SECTION.sub("&lt;", text))
    root = etree.Element("html")
    waiting: list[tuple[Iterator[object], etree._Element]] = [(iter(soup.contents), root)]
    while waiting:
        children, parent = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
        elif isinstance(child, Tag):
            waiting.append((iter(child.contents), _append(parent, child)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            _append_text(parent, _xml(child))
    return root


def _append(parent: etree._Element, tag: Tag) -> etree._Element:
    element = etree.SubElement(parent, tag.name if _NAME.match(tag.name) else "span")
    for name, value in tag.attrs.items():
        if _NAME.match(name):
            element.set(name, _xml(" ".join(value) if isinstance(value, list) else str(value)))
    return element


def _xml(text: str) -> str:
    """Return text that lxml takes: references such as &#1; stand for characters that it does not."""
    return _NOT_XML.sub("\ufffd", text)


def _append_text(element: etree._Element, text: str) -> None:
    last = next(element.iterchildren(reversed=True), None)  # len() would count all children
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
