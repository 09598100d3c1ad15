"""Days that a page tells elsewhere than beside its headline: in its address, its title, the bar of its issue."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from newsarchive import dates
from newsarchive.arabic import fold
from newsarchive.parser.clock import Clock, FoundMoment
from newsarchive.parser.texts import MAX_SLOT, slot_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from newsarchive.parser.survey import Survey

# /2017/04/27/, /2017-04-27, /20170427, /news2004-08-12.html: a year from 1995 on, a month, a day, no further digit.
_IN_ADDRESS = re.compile(
    r"/(?P<word>news|articles?|stor(?:y|ies)|posts?|items?|archives?|print)?(?P<year>199[5-9]|20\d\d)(?:/[a-z_]{3,20}(?=/))?"
    r"(?:(?P<joint>[/_-])(?P<month>1[0-2]|0?[1-9])(?P=joint)(?P<day>3[01]|[12]\d|0?[1-9])"
    r"|(?(word)(?!))(?P<month2>1[0-2]|0[1-9])(?P<day2>3[01]|[12]\d|0[1-9]))(?!\d)(?(word)(?![^?#]*/))"
)
# العدد 12345, but no year
_ISSUE = re.compile("\u0627\u0644\u0639\u062f\u062f\\D{0,5}(?!(?:19|20)\\d\\d(?!\\d))(\\d{3,6})")
_ISSUE_WORD = "\u0627\u0644\u0639\u062f\u062f"  # العدد
_NUMBERS = re.compile(r"\d+")
_OLDEST = "1995"  # year of a page
_MAX_OVER_PAGE = 150  # elements


def day_in_address(url: str, clock: Clock) -> FoundMoment | None:
    """Return the day that an address tells between slashes or at the beginning of a name."""
    match = _IN_ADDRESS.search(url)
    if not match:
        return None
    year, month, day = match["year"], match["month"] or match["month2"], match["day"] or match["day2"]
    moment = clock.resolve(f"{year}-{month:0>2}-{day:0>2}")
    return FoundMoment(moment, "date in the address", None) if moment else None


def days_in_title(found: Survey, clock: Clock) -> Iterator[FoundMoment]:
    """Yield the day that the page's title ends with, behind headline and site: «... | DW.DE | 09.05.2013»."""
    _, *others = (found.title or "").split("|")
    if len(others) > 1 and dates.resolve(others[-1], reference=None):  # not «اليوم»
        moment = clock.resolve(others[-1])
        if moment and moment.precision != "month" and moment.value >= _OLDEST:
            yield FoundMoment(moment, "date in the title", found.title_element)


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
