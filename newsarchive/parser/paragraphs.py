"""Elements -> paragraphs, in the order of the page. Knows which elements are never running text; judges no wording."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from newsarchive.parser import roles
from newsarchive.parser.texts import HEADINGS, INLINE, collapse, raw_text, text_up_to

if TYPE_CHECKING:
    from lxml import etree

    from newsarchive.models import ParagraphKind
    from newsarchive.parser.container import Container

# Without text of their own, or with text that is not for reading; they part no paragraph.
_SILENT = frozenset(
    ["script", "style", "template", "noscript", "link", "meta", "svg", "input", "img", "source", "track", "path", "wbr"]
)
# Never running text; they part paragraphs.
_FOREIGN = frozenset(
    [
        "aside",
        "nav",
        "footer",
        "form",
        "figure",
        "figcaption",
        "dialog",
        "button",
        "select",
        "textarea",
        "iframe",
        "video",
        "audio",
        "canvas",
        "object",
        "embed",
        "map",
        "fieldset",
        "menu",
        "picture",
        "hr",
        "amp-img",
        "amp-ad",
        "amp-iframe",
        "amp-video",
        "amp-embed",
        "amp-social-share",
        "amp-sidebar",
        "amp-twitter",
        "amp-instagram",
        "amp-facebook",
        "amp-youtube",
        "amp-carousel",
        "amp-list",
    ]
)
_ABOUT = roles.TAGS | roles.BREADCRUMB | roles.META | roles.AUTHOR | roles.DATE  # says something of the story
_INLINE_FURNITURE = roles.SHARE | roles.CAPTION | roles.HIDDEN | roles.AD | roles.PROMO | roles.COMMENT
_MAX_SHARE = 0.3  # an element with more of the story's text than this is no furniture, whatever it is called
# Tables of data, and other stories' teasers: with less of the text than this they are no part of this one.
_BOXES = {"table": 0.1, "article": 0.15}
_MAX_LAYOUT_CELLS = 8
_MAX_BESIDE = 5  # paragraphs beside a figure that are looked at
_MAY_BE_FIGURE = frozenset(["div", "section", "center", "table", "td", "dl", "span"])
_MOSTLY_LINKS = 0.5
_KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    "blockquote": "quote",
}
_MAX_CAPTION, _MAX_NAMED_CAPTION = 200, 350
_MIN_ANCHOR = 15  # characters of a link that make a picture with a line the card of another story


@dataclass(slots=True, eq=False)
class Piece:
    """A paragraph as it stands in the page; `linked` counts its characters in links, `element` is its block."""

    text: str
    kind: ParagraphKind
    linked: int
    links: tuple[etree._Element, ...]
    element: etree._Element


@dataclass(slots=True)
class _Writer:
    container: Container
    pieces: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: list[etree._Element] = field(default_factory=list)

    def end_paragraph(self, element: etree._Element, kind: ParagraphKind) -> None:
        """Close the paragraph that is being written."""
        text = collapse("".join(self.parts))
        if text:
            self.pieces.append(Piece(text, kind, self.linked, tuple(self.links), element))
        self.parts.clear()
        self.links.clear()
        self.linked = 0


def read_pieces(element: etree._Element, container: Container) -> list[Piece]:
    """Return the paragraphs in an element of the story."""
    writer = _Writer(container)
    kind = _KINDS.get(element.tag, "text")
    _read(writer, element, element, kind)
    writer.end_paragraph(element, kind)
    return writer.pieces


def is_foreign(element: etree._Element, container: Container) -> bool:
    """Say whether a block is, by its tag or names, something else than running text."""
    tag = element.tag
    if tag in _SILENT:
        return True
    if tag in _FOREIGN:
        return container.share(element) < _MAX_SHARE
    if tag in _BOXES and container.share(element) < _BOXES[tag]:
        return _is_data(element) if tag == "table" else _is_mostly_links(element)
    attributes = element.keys()
    if not attributes:
        return False
    if "hidden" in attributes or ("style" in attributes and _is_unseen(element.get("style"))):
        return container.share(element) < _MAX_SHARE
    named = roles.roles(element)
    if roles.LABELLED in attributes:
        named |= roles.role_of_label(element)
    if not named or named & roles.BODY:
        return False
    named &= ~container.named
    if named & roles.FURNITURE or (named & _ABOUT and tag not in HEADINGS):
        return container.share(element) < _MAX_SHARE
    return bool(named & roles.LISTING) and _is_mostly_links(element)


def is_figure(element: etree._Element) -> bool:
    """Say whether a block is a picture and a line about it, whatever its tag."""
    if not len(element) or next(element.iter("img", "picture", "amp-img"), None) is None:
        return False
    named = bool(roles.roles(element) & roles.PICTURE)
    text = text_up_to(element, _MAX_NAMED_CAPTION if named else _MAX_CAPTION)
    if text is None or (not named and text.endswith((".", "\u061f", "!", "?"))):  # Arabic question mark
        return False
    if next(element.iter("figcaption"), None) is not None and _has_paragraph(element):
        return False  # a paragraph beside a picture that has its caption
    return not any(text_up_to(link, _MIN_ANCHOR - 1) is None for link in element.iter("a"))


def _has_paragraph(element: etree._Element) -> bool:
    """Say whether one of the first paragraphs of an element stands in no figure."""
    return any(next(each.iterancestors("figure"), None) is None for each in islice(element.iter("p"), _MAX_BESIDE))


def _is_data(table: etree._Element) -> bool:
    """Say whether a table is one of figures and names, and not there for the layout."""
    return next(table.iter("th"), None) is not None or sum(1 for _ in table.iter("td")) > _MAX_LAYOUT_CELLS


def _is_unseen(style: str | None) -> bool:
    return style is not None and "none" in style and "display:none" in style.replace(" ", "").lower()


def _is_mostly_links(element: etree._Element) -> bool:
    whole = len(raw_text(element))
    linked = sum(len(raw_text(link)) for link in element.iter("a"))
    return linked > _MOSTLY_LINKS * whole


def _read(writer: _Writer, element: etree._Element, block: etree._Element, kind: ParagraphKind) -> None:
    parts = writer.parts
    text = element.text
    if text and (parts or not text.isspace()):
        parts.append(text)
    # A slice, which the stubs do not know, comes in half the time of an iterator.
    for child in element[:]:  # type: ignore[index]
        tag = child.tag
        if tag == "br":
            if parts:
                writer.end_paragraph(block, kind)
        elif tag in INLINE:
            _read_inline(writer, child, block, kind)
        elif tag not in _SILENT:
            if parts:
                writer.end_paragraph(block, kind)
            _read_block(writer, child, kind)
        tail = child.tail
        if tail and (parts or not tail.isspace()):
            parts.append(tail)


def _read_block(writer: _Writer, element: etree._Element, kind: ParagraphKind) -> None:
    tag = element.tag
    if tag == "figure":
        _read_figure(writer, element)
    elif not is_foreign(element, writer.container) and not (
        not writer.container.named & roles.PICTURE
        and tag in _MAY_BE_FIGURE
        and writer.container.share(element) < _MAX_SHARE
        and is_figure(element)
    ):
        inner = _KINDS.get(tag, kind)
        _read(writer, element, element, inner)
        if writer.parts:
            writer.end_paragraph(element, inner)


def _read_figure(writer: _Writer, figure: etree._Element) -> None:
    """Read a quotation that is marked up as a figure; captions are no paragraphs."""
    for quote in figure.iter("blockquote"):
        if not is_foreign(quote, writer.container):
            _read(writer, quote, quote, "quote")
            writer.end_paragraph(quote, "quote")


def _read_inline(writer: _Writer, element: etree._Element, block: etree._Element, kind: ParagraphKind) -> None:
    name = element.get("class")
    if name and roles.roles_of_name(name) & _INLINE_FURNITURE & ~writer.container.named:
        return
    if element.tag != "a":
        _read(writer, element, block, kind)
        return
    parts, count = len(writer.parts), len(writer.pieces)
    _read(writer, element, block, kind)
    if count == len(writer.pieces):
        writer.linked += sum(map(len, writer.parts[parts:]))
        writer.links.append(element)
    else:  # blocks inside a link: what they wrote is linked from end to end
        writer.pieces[count:] = [
            Piece(piece.text, piece.kind, len(piece.text), (*piece.links, element), piece.element)
            for piece in writer.pieces[count:]
        ]
