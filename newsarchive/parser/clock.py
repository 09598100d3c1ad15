"""What the dates of a page are read against: the time of its fetch, its outlet's zone, the order of day and month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsarchive import dates
from newsarchive.dates.zones import zone_of

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from lxml import etree

    from newsarchive.models import Moment

_TWO_WAYS = re.compile(r"(?<!\d)0?(\d{1,2})[/-]0?(\d{1,2})[/-](\d{4})(?!\d)")  # 3/11/2017
# The countries where English tells the day first; where no country is named, the outlet's zone tells.
_DAY_FIRST = re.compile(
    "en-(?:gb|uk|au|nz|ie|in|za|pk|sg|mt|ng|ke|eg|lb|sa|ae|qa|kw|bh|om|jo|iq|sy|ye|ps|sd|ly|tn|dz|ma)(?![a-z])"
)
_NO_COUNTRY = ("", "en")
_DAY_FIRST_ZONES = re.compile("(?:Africa|Asia|Europe|Australia)/(?!Manila)")
# Systems that print the month first in any language, unless their owners set them otherwise.
_MONTH_FIRST_SYSTEMS = re.compile("dimofinf|vbulletin", re.IGNORECASE)
_MONTHS = 12


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
    the day comes first, but for what some systems print, as `generator` names them.
    """
    country = tag.lower().replace("_", "-")
    told = _DAY_FIRST.match(country) or (country in _NO_COUNTRY and _DAY_FIRST_ZONES.match(timezone or ""))
    is_sure = language not in (None, "en") or bool(told)
    either = generator is not None and _MONTH_FIRST_SYSTEMS.match(generator) is not None
    return Clock(fetched_at, zone_of(timezone) if timezone else None, is_sure and not either)


def _has_other_order(moment: Moment) -> bool:
    """Say whether a date of numbers may mean another day, with the month first, and no weekday says which."""
    found = _TWO_WAYS.search(moment.text)
    if found is None or found[1] == found[2] or max(int(found[1]), int(found[2])) > _MONTHS:
        return False
    other = dates.find(_TWO_WAYS.sub(r"\2/\1/\3", moment.text), reference=None)
    return other is None or other.value.partition("T")[0] != moment.value.partition("T")[0]
