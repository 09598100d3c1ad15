"""When the story was published and changed: metadata, visible lines, the address. `newsarchive.dates` reads dates."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from newsarchive import dates
from newsarchive.arabic import fold
from newsarchive.data import table
from newsarchive.dates.zones import zone_of
from newsarchive.parser.texts import MAX_SLOT, first_run, slot_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

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
# /2017/04/27/, /2017-04-27, /20170427, /news2004-08-12.html: a year from 1995 on, a month, a day, no further digit.
_IN_ADDRESS = re.compile(
    r"/(?P<word>news|articles?|stor(?:y|ies)|posts?|items?|archives?|print)?(?P<year>199[5-9]|20\d\d)(?:/[a-z_]{3,20}(?=/))?"
    r"(?:(?P<joint>[/_-])(?P<month>1[0-2]|0?[1-9])(?P=joint)(?P<day>3[01]|[12]\d|0?[1-9])"
    r"|(?(word)(?!))(?P<month2>1[0-2]|0[1-9])(?P<day2>3[01]|[12]\d|0[1-9]))(?!\d)(?(word)(?![^?#]*/))"
)
# 25.04.24, and the month in the address that shows which two digits are the year: /2024/04/
_SHORT_YEAR = re.compile(r"(?<![\d./-])(\d{1,2}([./-]))(\d{1,2})(\2)(\d\d)(?![\d./-])")
_MONTH_IN_ADDRESS = re.compile(r"/20(\d\d)[/_-]?(1[0-2]|0[1-9])(?!\d)")
_TWO_WAYS = re.compile(r"(?<!\d)0?(\d{1,2})[/-]0?(\d{1,2})[/-]\d{4}(?!\d)")  # 3/11/2017
# The countries where English tells the day first; where no country is named, the outlet's zone tells.
_DAY_FIRST = re.compile(
    "en-(?:gb|uk|au|nz|ie|in|za|pk|sg|mt|ng|ke|eg|lb|sa|ae|qa|kw|bh|om|jo|iq|sy|ye|ps|sd|ly|tn|dz|ma)(?![a-z])"
)
_NO_COUNTRY = ("", "en")
_DAY_FIRST_ZONES = re.compile("(?:Africa|Asia|Europe|Australia)/(?!Manila)")
_TODAY = re.compile("\\s*\u0627\u0644\u064a\u0648\u0645\\s*:")  # اليوم:
_POSTED = re.compile(  # أرسلت بواسطة, نشر في
    "(?:\u0623\u0631\u0633\u0644|\u0646\u0634\u0631|\u0623\u0636\u064a\u0641)\u062a?(?:\u0647\u0627|\u0647)? "
    "|(?:\\w+ )?\u0628\u0648\u0627\u0633\u0637\u0629 "
)
# العدد 12345, but no year
_ISSUE = re.compile("\u0627\u0644\u0639\u062f\u062f\\D{0,5}(?!(?:19|20)\\d\\d(?!\\d))(\\d{3,6})")
_ISSUE_WORD = "\u0627\u0644\u0639\u062f\u062f"  # العدد
_NUMBERS = re.compile(r"\d+")
_MONTHS = 12
_MONTH_FIRST_SYSTEMS = re.compile(r"dimofinf|vbulletin", re.IGNORECASE)  # unless their owners set them otherwise
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OLDEST = "1995"  # year of a page
_MAX_OVER_PAGE = 150  # elements
_MAX_WORD = 20  # characters of what tells, alone, that a date is that of a change
_MAX_VISIBLE = 12  # slots of a page that are looked at


class FoundMoment(NamedTuple):
    """A moment, the rule that found it, and where it stands."""

    moment: Moment
    rule: str
    element: etree._Element | None


class Clock(NamedTuple):
    """What a date of this page is read against: the time of the fetch and the outlet's zone."""

    fetched_at: datetime | None
    zone: tzinfo | None
    sure_of_order: bool = True  # whether of 3/11/2017 the day comes first where no weekday tells

    def resolve(self, text: str) -> Moment | None:
        """Read a text that is a date."""
        return self._plausible(dates.resolve(text, reference=self.fetched_at, zone=self.zone))

    def find(self, text: str) -> Moment | None:
        """Read the date in a line of furniture."""
        return self._plausible(dates.find(text, reference=self.fetched_at, zone=self.zone))

    def _plausible(self, moment: Moment | None) -> Moment | None:
        if moment is not None and not self.sure_of_order and _has_other_order(moment):
            return None
        if moment is None or self.fetched_at is None or dates.is_plausible(moment, reference=self.fetched_at):
            return moment
        return None


def clock_of(
    fetched_at: datetime | None, timezone: str | None, language: str | None, tag: str, generator: str | None
) -> Clock:
    """Return what dates are read against: when the page was fetched, and the IANA name of its outlet's zone.

    In English 3/11/2017 means two days, by the country that the page's language `tag` or the zone tells; elsewhere
    the day comes first, but for systems, as `generator` names them, that print the month first in any language.
    """
    country = tag.lower().replace("_", "-")
    told = _DAY_FIRST.match(country) or (country in _NO_COUNTRY and _DAY_FIRST_ZONES.match(timezone or ""))
    sure = language not in (None, "en") or bool(told)
    if generator and _MONTH_FIRST_SYSTEMS.match(generator):
        sure = False
    return Clock(fetched_at, zone_of(timezone) if timezone else None, sure)


def _has_other_order(moment: Moment) -> bool:
    """Say whether a date of numbers may mean another day, with the month first, and no weekday says which."""
    found = _TWO_WAYS.search(moment.text)
    if found is None or found[1] == found[2] or max(int(found[1]), int(found[2])) > _MONTHS:
        return False
    day = None if moment.precision == "month" else datetime.fromisoformat(moment.value)
    if day is None or {int(found[1]), int(found[2])} != {day.day, day.month}:  # 3/11/1438, of the Hijra
        return True
    other = day.replace(month=day.day, day=day.month)
    return _WEEKDAYS[day.weekday()] not in moment.text.lower() or day.weekday() == other.weekday()


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
    told = visible or _from_address(url, clock) or _with_short_year(slots, clock, url)
    others = (_before_change(slots, [*stamps, *above], clock), _stamped(stamps, above, clock), _in_title(found, clock))
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
    """Yield the dates around the headline: those of a change, or the others."""
    for element in slots.times[:_MAX_VISIBLE]:
        stamp = element.get("datetime")
        if _says_modified(element) == modified and (
            moment := (clock.resolve(stamp) if stamp else None) or _line_moment(element, clock)
        ):
            yield FoundMoment(moment, "time element", element)
    for element in slots.dates[:_MAX_VISIBLE]:
        if not _is_today(element) and _says_modified(element) == modified and (moment := _line_moment(element, clock)):
            yield FoundMoment(moment, "visible date", element)
    before = ""
    for line in slots.lines:
        if _may_tell_time(line.text) and not (_TODAY.match(line.text) or _TODAY.match(before)):
            # «آخر تحديث» may stand in an element of its own, before that of the date.
            changed = _tells_change(line.text) or (len(before) <= _MAX_WORD and _tells_change(before))
            if changed == modified and (moment := clock.find(line.text)):
                yield FoundMoment(moment, "line above the story", line.element)
        before = line.text


def _is_today(element: etree._Element) -> bool:
    """Say whether a date is that of the reader's day, as bars over pages have it: اليوم: 25/06/1435."""
    parent = element.getparent()
    texts = (element.text, parent.text if parent is not None else None)
    return any(text is not None and _TODAY.match(text) is not None for text in texts)


def _before_change(slots: Slots, pieces: Sequence[Piece], clock: Clock) -> Iterator[FoundMoment]:
    """Yield the dates that stand before a word for a change: «22 حزيران 2014 آخر تحديث 12:33»."""
    texts = [(element, slot_text(element) or "") for element in slots.dates[:_MAX_VISIBLE]]
    texts.extend((line.element, line.text) for line in slots.lines)
    texts.extend((piece.element, piece.text) for piece in pieces)
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


def _in_title(found: Survey, clock: Clock) -> Iterator[FoundMoment]:
    """Yield the day that the page's title ends with, behind headline and site: «... | DW.DE | 09.05.2013»."""
    _, *others = (found.title or "").split("|")
    if len(others) > 1 and dates.resolve(others[-1], reference=None):  # not «اليوم»
        moment = clock.resolve(others[-1])
        if moment and moment.precision != "month" and moment.value >= _OLDEST:
            yield FoundMoment(moment, "date in the title", found.title_element)


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


def issue_day(root: etree._Element, story: etree._Element | None, clock: Clock, url: str) -> FoundMoment | None:
    """Return the day of the issue that stands over a page of a newspaper, where the address tells day or issue too."""
    over = takewhile(lambda element: element is not story, root.iter("td", "div", "span", "font", "b"))
    for element in islice(over, _MAX_OVER_PAGE):
        # The number may be set off from the word: العدد <b>8592</b>.
        parted = element.text is not None and len(element) and fold(element.text).strip() == _ISSUE_WORD
        text = (slot_text(element) if parted else element.text) or ""
        issue = _ISSUE.search(fold(text)) if len(text) <= MAX_SLOT else None
        moment = clock.find(text) if issue else None
        if issue and moment and moment.precision != "month":
            day = datetime.fromisoformat(moment.value)
            told = (f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day:%Y-%m-%d}", f"{day:%d-%m-%Y}")
            if issue[1] in _NUMBERS.findall(url) or any(each in url for each in told):
                return FoundMoment(moment, "day of the issue", element)
    return None


def _from_address(url: str, clock: Clock) -> FoundMoment | None:
    match = _IN_ADDRESS.search(url)
    if not match:
        return None
    year, month, day = match["year"], match["month"] or match["month2"], match["day"] or match["day2"]
    moment = clock.resolve(f"{year}-{month:0>2}-{day:0>2}")
    return FoundMoment(moment, "date in the address", None) if moment else None
