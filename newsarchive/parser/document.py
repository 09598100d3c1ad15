"""Bytes -> tree: the one parse of a page, and what must be seen before and after it. No reading of fields.

lxml reads the bytes; where it cut the page (nesting of 255, a text of 10 MB) it says so in its log, and
BeautifulSoup takes over. What lxml can read only in hours is refused before it is tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from newsarchive.encoding import Decision, decide, decode
from newsarchive.errors import ParseError

MAX_BYTES = 10 * 1024 * 1024
MAX_ATTRIBUTES = 4_000  # lxml takes 0.03 s for 4,000 attributes of one element, 3.6 s for 40,000
_WINDOW = 16 * 1024  # 4,000 attributes fill at least 16 kB between < and >
_TAG_OPENING = re.compile(rb"<[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(rb"[\s/]*[^\s/>=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*))?")
# What stands between these is no markup.
_RAW_TEXT = (
    *((b"<" + name, b"</" + name) for name in (b"script", b"style", b"SCRIPT", b"STYLE")),
    (b"<!--", b"-->"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A page as bytes and as a tree, the decision on its encoding, and a note where the tree is not lxml's own."""

    source: bytes
    root: etree._Element
    tree: etree._ElementTree
    encoding: Decision
    note: str | None

    def place(self, element: etree._Element | None) -> str | None:
        """Return a path to an element, for the record of where a value stands."""
        if element is None:
            return None
        if element.tag in _HEAD_PLACES:
            return _HEAD_PLACES[element.tag]
        if element.tag == "meta":
            name = next((key for key in ("property", "name", "itemprop") if element.get(key)), None)
            return f'//meta[@{name}="{element.get(name)}"]' if name else "//meta"
        return self.tree.getpath(element)


_HEAD_PLACES = {"title": "//title", "script": '//script[@type="application/ld+json"]'}


def read_document(content: bytes, *, url: str, content_type: str | None) -> Document | None:
    """Return the tree of a page, None where it holds neither element nor text.

    Raises ParseError for what cannot be parsed in bounded time.
    """
    _refuse_what_lxml_cannot_bear(content, url)
    decision = decide(content, content_type=content_type)
    source = content if decision.codec == "utf-8" else decode(content, decision).encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        root, cut = None, _says_cut(error.error_log)
        if not cut and source.strip():
            raise ParseError(url, f"not readable as HTML: {error.msg}") from error
    else:
        cut = _says_cut(parser.error_log)
    if cut:
        from newsarchive.parser.lenient import parse_leniently

        root = parse_leniently(source.decode("utf-8", "replace"))
    if root is None:
        return None
    return Document(source, root, root.getroottree(), decision, _CUT_NOTE if cut else None)


_CUT_NOTE = "BeautifulSoup took over: lxml cut the page (its limit of nesting or text size)"


def _says_cut(log: etree._ListErrorLog) -> bool:
    return any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in log.filter_from_fatals())


def _refuse_what_lxml_cannot_bear(content: bytes, url: str) -> None:
    if len(content) > MAX_BYTES:
        raise ParseError(url, f"the page has {len(content):,} bytes, more than {MAX_BYTES:,}")
    opening = -1
    for start in range(0, len(content) - _WINDOW, _WINDOW):
        if content.find(b">", start, start + _WINDOW) < 0:
            before, opening = opening, content.rfind(b"<", 0, start)
            if opening not in (before, -1) and _has_too_many_attributes(content, opening, start):
                raise ParseError(url, f"one element has more than {MAX_ATTRIBUTES:,} attributes")


def _has_too_many_attributes(content: bytes, opening: int, position: int) -> bool:
    """Say whether a tag that begins at `opening`, still open at `position`, has more attributes than lxml bears."""
    name = _TAG_OPENING.match(content, opening)
    if name is None or content.find(b">", opening, position) >= 0:
        return False
    if _is_between(content, opening, *_RAW_TEXT[0]):
        return False
    place = name.end()
    for _ in range(MAX_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(content, place)
        if attribute is None:
            return False
        place = attribute.end()
    return not any(_is_between(content, opening, *pair) for pair in _RAW_TEXT[1:])


def _is_between(content: bytes, position: int, first: bytes, last: bytes) -> bool:
    return content.rfind(first, 0, position) > content.rfind(last, 0, position)
