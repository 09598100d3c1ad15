"""Texts of a page that are none of its story's by what they are: cards of other stories, the imprint at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsarchive.parser.texts import HEADINGS, raw_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml import etree

    from newsarchive.parser.survey import Text

Weights = dict["etree._Element", float]
Tree = dict["etree._Element", "etree._Element | None"]  # elements and their parents, each before its parent

_MIN_CARDS = 3
_MIN_ANCHOR, _MIN_TITLE = 15, 5  # characters of a link that is a headline; the latter in a heading
# جميع, كل, كافة; النسخ, النشر, الطبع; then حقوق and محفوظ
_ALL = "(?:\u062c\u0645\u064a\u0639|\u0643\u0644|\u0643\u0627\u0641\u0629)"
_COPYING = "(?:\u0627\u0644\u0646\u0633\u062e|\u0627\u0644\u0646\u0634\u0631|\u0627\u0644\u0637\u0628\u0639)"
_RIGHTS, _KEPT = "\u062d\u0642\u0648\u0642", "\u0645\u062d\u0641\u0648\u0638"
# What imprints say: جميع الحقوق محفوظة, حقوق النشر محفوظة; not the rights of which a story says that they are kept.
_IMPRINT = re.compile(
    rf"{_ALL} (?:\u0627\u0644)?{_RIGHTS} .{{0,30}}{_KEPT}|{_RIGHTS} {_COPYING} .{{0,20}}{_KEPT}"
    r"|ll [Rr]ights [Rr]eserved|rademarks .{0,40}property of|opyright(?: by| ?\u00a9| ?\(c\)| \d{4})|\u00a9"
)
_LAST = 4  # texts of a page, of which one may be the imprint
_MAX_IMPRINT = 300  # characters
_SHARE_WITHOUT_IMPRINT = 0.5


def without_imprint(texts: Sequence[Text]) -> Sequence[Text]:
    """Return the texts without those at the end of the page that speak of its rights.

    What stands beside such a text in its block goes with it where it is less.
    """
    said = [text for text in texts[-_LAST:] if len(text.text) <= _MAX_IMPRINT and _IMPRINT.search(text.text)]
    if not said:
        return texts
    blocks = {text.block for text in said if 2 * _weight(said, text.block) >= _weight(texts, text.block)}
    kept = [text for text in texts if text not in said and text.block not in blocks]
    return kept if sum([text.weight for text in kept]) > _SHARE_WITHOUT_IMPRINT * _weight(texts) else texts


def _weight(texts: Iterable[Text], block: etree._Element | None = None) -> float:
    return sum([text.weight for text in texts if block in (None, text.block)])


def teasers_among(
    texts: Iterable[Text], tree: Tree, total: Weights, above_headline: set[etree._Element]
) -> set[etree._Element]:
    """Return the blocks of texts that stand in cards of other stories: a text with a linked headline, three in a row.

    A card is the largest element that holds one text alone.
    """
    rows: dict[tuple[etree._Element | None, str], list[etree._Element]] = {}
    for block, _, weight in texts:
        card = block
        while (parent := tree[card]) is not None and total[parent] <= weight and parent not in above_headline:
            card = parent
        if total[card] <= weight and card not in above_headline and _links_headline(card, block):
            rows.setdefault((tree[card], card.tag), []).append(block)
    return {block for row in rows.values() if len(row) >= _MIN_CARDS for block in row}


def _links_headline(card: etree._Element, block: etree._Element) -> bool:
    """Say whether a card has a link with the words of a headline: before its text, or in a heading."""
    is_before = True
    for element in card.iter():
        if element is block:
            is_before = False
        elif element.tag == "a" and len(text := raw_text(element).strip()) >= _MIN_TITLE:
            parent = element.getparent()
            heads = parent is not None and parent.tag in HEADINGS
            if heads or len(text) >= _MIN_ANCHOR:
                begins = parent is block and element.getprevious() is None and not (block.text or "").strip()
                return is_before or begins or heads
    return False
