"""When the story was published and changed: metadata and visible lines, for want of them what `days` finds.

`newsarchive.dates` reads dates.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from newsarchive.data import table
from newsarchive.parser.clock import Clock, FoundMoment
from newsarchive.parser.days import day_in_address, days_in_title
from newsarchive.parser.outskirts import is_of_card
from newsarchive.parser.texts import MAX_SLOT, first_run, slot_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from newsarchive.models import Moment
    from newsarchive.parser.paragraphs import Piece
    from newsarchive.parser.slots import Slots
    from newsarchive.parser.structured import Claims
    from newsarchive.parser.survey import Survey

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "published_time",
    "article:published", "publishdate", "publish-date", "publish_date", "pubdate", "dc.date.issued", "dcterms.created",
    "dc.date", "dcterms.date", "dc:date", "date", "parsely-pub-date", "sailthru.date", "datecreated",
    "article.published", "published-date", "cxenseparse:recs:publishtime", "last-published", "article:create_at",
    "created",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "dcterms.modified",
    "last-modified", "article:modified", "lastmod", "modified_time",
)  # fmt: skip
_WORDS = table("pages.toml")["dates"]
_CHANGED, _PUBLISHED = (
    re.compile("|".join(map(re.escape, _WORDS[name])), re.IGNORECASE) for name in ("changed", "published")
)
_AGO = ("\u0645\u0646\u0630", "\u0642\u0628\u0644")  # منذ, قبل
# 25.04.24, and the month in the address that shows which two digits are the year: /2024/04/
_SHORT_YEAR = re.compile(r"(?<![\d./-])(\d{1,2}([./-]))(\d{1,2})(\2)(\d\d)(?![\d./-])")
_MONTH_IN_ADDRESS = re.compile(r"/20(\d\d)[/_-]?(1[0-2]|0[1-9])(?!\d)")
_TODAY = re.compile("\\s*\u0627\u0644\u064a\u0648\u0645\\s*:")  # اليوم:
_POSTED = re.compile(  # أرسلت بواسطة, نشر في
    "(?:\u0623\u0631\u0633\u0644|\u0646\u0634\u0631|\u0623\u0636\u064a\u0641)\u062a?(?:\u0647\u0627|\u0647)? "
    "|(?:\\w+ )?\u0628\u0648\u0627\u0633\u0637\u0629 "
)
_MAX_WORD = 20  # characters of what tells, alone, that a date is that of a change
_MAX_VISIBLE = 12  # slots of a page that are looked at


def read_published(
    claims: Claims, found: Survey, slots: Slots, clock: Clock, url: str, stamps: Sequence[Piece], above: Sequence[Piece]
) -> FoundMoment | None:
    """Return when the story was published, None where the page does not say.

    `stamps` are lines at the ends of the story that are a date, `above` are those over it that are no paragraphs.
    """
    stated = next(_stated(claims.published, claims, found, _PUBLISHED_METAS, "datePublished", clock), None)
    if stated is not None and not _is_day_of_fetch(stated, clock):
        return stated
    visible = next(_visible(slots, clock, modified=False), None)
    if stated is not None and (visible is None or visible.moment.value[:10] >= stated.moment.value[:10]):
        return stated
    told = visible or day_in_address(url, clock) or _with_short_year(slots, clock, url)
    others = (
        _before_change(slots, [*stamps, *above], clock),
        _stamped(stamps, above, clock),
        days_in_title(found, clock),
    )
    return told or next(chain.from_iterable(others), None)


def read_modified(claims: Claims, found: Survey, slots: Slots, clock: Clock) -> FoundMoment | None:
    """Return when the story was last changed, None where the page does not say."""
    stated = next(_stated(claims.modified, claims, found, _MODIFIED_METAS, "dateModified", clock), None)
    return stated or next(_visible(slots, clock, modified=True), None)


def _stated(
    claimed: str | None, claims: Claims, found: Survey, names: Sequence[str], prop: str, clock: Clock
) -> Iterator[FoundMoment]:
    """Yield what metadata states, as it is believed."""
    if claimed and (moment := clock.resolve(claimed)):
        yield FoundMoment(moment, f"json-ld {prop}", claims.element)
    for name in names:
        place = found.metas.place(name)
        if place and (moment := clock.resolve(place[0])):
            yield FoundMoment(moment, f"meta {name}", place[1])
    names_in_page = (prop,) if prop == "dateModified" else (prop, "dateCreated", "date", "issued", "created")
    for element in (element for name in names_in_page for element in found.properties(name)):
        text = element.get("content") or element.get("datetime") or element.get("title") or slot_text(element)
        if text and (moment := clock.resolve(text)):
            yield FoundMoment(moment, f"microdata {prop}", element)


def _is_day_of_fetch(found: FoundMoment, clock: Clock) -> bool:
    """Say whether a stated date may be that of the capture: some systems write the current time there."""
    return clock.fetched_at is not None and found.moment.value[:10] == clock.fetched_at.date().isoformat()


def _visible(slots: Slots, clock: Clock, *, modified: bool) -> Iterator[FoundMoment]:
    """Yield the dates around headline and story, those of cards last: those of a change, or the others."""
    below = slots.dates_below[:_MAX_VISIBLE]
    of_cards = [element for element in below if is_of_card(element)]
    # First those between headline and story: in a bar over the headline may stand the reader's day.
    between = slots.dates[slots.dates_over : slots.dates_above]
    around = islice(dict.fromkeys([*between, *slots.dates]), _MAX_VISIBLE)
    marked = (*slots.times[:_MAX_VISIBLE], *around, *below)
    own = [element for element in marked if element not in of_cards]
    own.sort(key=lambda element: element.tag != "time")  # which is more precise
    yield from _marked_up(own, clock, modified=modified)
    before = ""
    for line in slots.lines:
        if _may_tell_time(line.text) and not (_TODAY.match(line.text) or _TODAY.match(before)):
            # «آخر تحديث» may stand in an element of its own, before that of the date.
            changed = _tells_change(line.text) or (len(before) <= _MAX_WORD and _tells_change(before))
            if changed == modified and (moment := clock.find(line.text)):
                yield FoundMoment(moment, "line above the story", line.element)
        before = line.text
    yield from _marked_up(of_cards, clock, modified=modified)


def _marked_up(elements: Sequence[etree._Element], clock: Clock, *, modified: bool) -> Iterator[FoundMoment]:
    for element in elements:
        is_time = element.tag == "time"
        if _says_modified(element) == modified and (is_time or not _is_today(element)):
            stamp = element.get("datetime") if is_time else None
            if moment := (clock.resolve(stamp) if stamp else None) or _line_moment(element, clock):
                yield FoundMoment(moment, "time element" if is_time else "visible date", element)


def _is_today(element: etree._Element) -> bool:
    """Say whether a date is that of the reader's day, as bars over pages have it: اليوم: 25/06/1435."""
    parent = element.getparent()
    texts = (element.text, parent.text if parent is not None else None)
    return any(text is not None and _TODAY.match(text) is not None for text in texts)


def _before_change(slots: Slots, pieces: Sequence[Piece], clock: Clock) -> Iterator[FoundMoment]:
    """Yield the dates that stand before a word for a change: «22 حزيران 2014 آخر تحديث 12:33»."""
    texts = [(element, slot_text(element) or "") for element in slots.dates[:_MAX_VISIBLE]]
    texts.extend((line.element, line.text) for line in slots.lines)
    texts.extend((piece.element, piece.text) for piece in pieces if clock.resolve(piece.text))  # and no prose
    for element, text in texts:
        change = _CHANGED.search(text)
        if change and (moment := clock.find(text[: change.start()])):
            yield FoundMoment(moment, "visible date", element)


def _stamped(stamps: Sequence[Piece], above: Sequence[Piece], clock: Clock) -> Iterator[FoundMoment]:
    for piece in (*stamps, *above):
        if not _tells_change(piece.text) and (moment := clock.resolve(piece.text)):
            yield FoundMoment(moment, "line of the story", piece.element)
    posted = [piece for piece in stamps if _POSTED.match(piece.text)]
    for piece in (*above, *posted):  # with the author: الأربعاء 19 أيلول (سبتمبر) 2012، بقلم أحمد علي
        if not _tells_change(piece.text) and (moment := clock.find(piece.text)):
            yield FoundMoment(moment, "line over the story", piece.element)


def _may_tell_time(text: str) -> bool:
    return any(map(str.isdigit, text)) or text.startswith(_AGO)


def _line_moment(element: etree._Element, clock: Clock) -> Moment | None:
    stamp = element.get("content") or element.get("data-datetime") or element.get("data-time") or element.get("title")
    if stamp and (moment := clock.resolve(stamp)):
        return moment
    # The line as a whole, else its beginning: many have buttons to share the story beside the date.
    for text in (slot_text(element), first_run(element) if len(element) else None):
        if text and any(map(str.isdigit, text)) and (moment := clock.find(text)):
            return moment
    return None


def _says_modified(element: etree._Element) -> bool:
    """Say whether a date is by its names or its line that of a change and no publication."""
    parent = element.getparent()
    names = (element.get("class"), element.get("itemprop"), None if parent is None else parent.get("class"))
    name = " ".join(filter(None, names)).lower()
    if "modified" in name or ("updated" in name and "published" not in name):
        return True
    before = (parent.text or "") if parent is not None and element.getprevious() is None else ""
    return _tells_change(before[:MAX_SLOT] + " " + (slot_text(element) or ""))


def _tells_change(text: str) -> bool:
    return bool(_CHANGED.search(text)) and not _PUBLISHED.search(text)


def _with_short_year(slots: Slots, clock: Clock, url: str) -> FoundMoment | None:
    """Return the date above the story whose year has two digits, where the address tells its month and year."""
    in_address = _MONTH_IN_ADDRESS.search(url)
    if in_address is None:
        return None
    year, month = in_address.groups()
    for line in slots.lines:
        short = _SHORT_YEAR.search(line.text)
        if short and (short[5], int(short[3])) == (year, int(month)) and not _tells_change(line.text):
            full = line.text[: short.start(5)] + "20" + line.text[short.start(5) :]
            if moment := clock.find(full):
                return FoundMoment(moment, "line above the story", line.element)
    return None
