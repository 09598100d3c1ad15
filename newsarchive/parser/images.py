"""The pictures of the story, with caption and credit as printed; the one that metadata names where none is shown."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsarchive.models import Image
from newsarchive.parser import roles
from newsarchive.parser.paragraphs import is_figure
from newsarchive.parser.texts import MAX_SLOT, text_of, text_up_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from newsarchive.parser.addresses import Addresses
    from newsarchive.parser.structured import Claims, Metas

MAX_CAPTION = 600
_MIN_SIDE = 100  # pixels; what says it is smaller is an icon
_MAX_IMAGES = 40
_NO_FIGURES = frozenset(["p", "article", "body", "main", "td"])
_IMAGE_TAGS = ("img", "amp-img")
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-full-src", "src")
# Words of an address that are those of no photograph.
_DECORATIONS = frozenset([
    "logo", "avatar", "gravatar", "icon", "icons", "sprite", "blank", "pixel", "spacer", "placeholder", "loader",
    "loading", "emoji", "transparent", "share", "arrow", "arrows", "1x1", "banner", "ad", "ads", "gif", "svg",
])  # fmt: skip
_JOINTS = str.maketrans("/_.-?", "     ")
_SRCSET_JOINT = re.compile(r",\s+")
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
_CREDIT = re.compile(r"credit|copyright|source|photographer", re.IGNORECASE)
_NOT_OF_STORY = roles.AUTHOR | roles.BIO | roles.SHARE | roles.AD | roles.RELATED | roles.PROMO | roles.NAVIGATION


def read_images(
    pictures: Iterable[etree._Element], claims: Claims, metas: Metas, *, addresses: Addresses, authors: Sequence[str]
) -> tuple[Image, ...]:
    """Return the pictures among or above the paragraphs of the story."""
    images: dict[str, Image] = {}
    seen: set[etree._Element] = set()
    for element in pictures:
        for picture in [element] if element.tag in _IMAGE_TAGS else element.iter(*_IMAGE_TAGS):
            if picture in seen or len(seen) >= _MAX_IMAGES:
                continue
            seen.add(picture)
            address = addresses.resolve(_reference(picture))
            if address and address not in images and not _is_decoration(picture, address, authors):
                caption, credit = _caption(picture)
                images[address] = Image(url=address, caption=caption, credit=credit)
    if not images:
        stated = metas.first("og:image", "og:image:url", "twitter:image", "twitter:image:src")
        address = addresses.resolve(stated or next(iter(claims.images), None))
        if address:
            images[address] = Image(url=address)
    return tuple(images.values())


def _reference(picture: etree._Element) -> str | None:
    attributes = picture.keys()
    for name in _SOURCES:
        value = picture.get(name) if name in attributes else None
        if value and not value.lstrip().startswith("data:"):
            return value
    widest = _SRCSET_JOINT.split((picture.get("data-srcset") or picture.get("srcset") or "").strip())[-1].split()
    return widest[0] if widest else None


def _is_decoration(picture: etree._Element, address: str, authors: Sequence[str]) -> bool:
    for side in (picture.get("width"), picture.get("height")):
        if side and side.isdecimal() and int(side) < _MIN_SIDE:
            return True
    if not _DECORATIONS.isdisjoint(address[address.find("/", 9) :].lower().translate(_JOINTS).split()):
        return True
    around = list(islice(picture.iterancestors(), 3))
    for element in (picture, *around):
        if element.tag == "a" and not _IMAGE_FILE.search(element.get("href") or ""):
            return True
        if roles.roles(element) & _NOT_OF_STORY:
            return True
    return bool(authors) and any(author in text for text in _lines_around(around) for author in authors)


def _lines_around(elements: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the short texts of the elements around a picture, up to a figure or an element with paragraphs."""
    for element in elements:
        if element.tag == "figure" or next(element.iter("p"), None) is not None:
            return
        text = text_up_to(element, MAX_SLOT)
        if text is None:
            return
        if text:
            yield text


def _caption(picture: etree._Element) -> tuple[str | None, str | None]:
    """Return caption and credit from the figure around a picture, or from the line beside it."""
    for outer in islice(picture.iterancestors(), 3):
        if outer.tag == "figure":
            found = next(outer.iter("figcaption"), None)
            return _split_caption(outer if found is None else found)
        if outer.tag in _NO_FIGURES or next(outer.iter("p"), None) is not None:
            break
        if outer.tag != "a" and is_figure(outer):
            lines = (
                line
                for line in outer.iter("div", "span", "dd")
                if line is not outer and picture not in line.iter(picture.tag)
            )
            told = next((line for line in lines if text_of(line)), None)
            if told is not None:
                return _split_caption(told)
    return None, None


def _split_caption(element: etree._Element) -> tuple[str | None, str | None]:
    credit = next(
        (
            text_of(child)
            for child in element.iter("span", "small", "cite", "em")
            if child is not element and _CREDIT.search(child.get("class") or "")
        ),
        None,
    )
    caption = text_of(element)
    if credit:
        caption = caption.replace(credit, "").strip(" |-/,\u2013")
    return (caption or None) if len(caption) <= MAX_CAPTION else None, credit or None
