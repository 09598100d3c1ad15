"""What was chosen to a Moment: the value cut to what is stated, offsets, and the arithmetic of relative times."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import TYPE_CHECKING

from newsarchive.dates.lexer import Age, Clock, Day
from newsarchive.models import Moment

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from newsarchive.dates.choice import Choice
    from newsarchive.models import Precision

_OF_A_DAY: dict[str, Precision] = {"second": "second", "minute": "minute", "hour": "hour"}


def moment_of(choice: Choice, *, text: str, reference: datetime | None, zone: tzinfo | None) -> Moment | None:
    """Return the moment of a choice; None for a relative one without a reference.

    `zone` gives the offset to a time whose text names none, and says which day is today.
    """
    when, clock = choice
    if isinstance(when, Day):
        return _month(when.date, text) if when.month_only else _day(when.date, clock, zone, text)
    if reference is None:
        return None
    here = (clock.zone if clock else None) or zone or reference.tzinfo
    now = reference.astimezone(here)
    if isinstance(when, int):
        return _day(now.date() + timedelta(days=when), clock, zone, text)
    return _before(now, when, clock, zone, text)


def _before(now: datetime, age: Age, clock: Clock | None, zone: tzinfo | None, text: str) -> Moment:
    """Return the moment so long before now, as precise as the unit it is told in.

    Hours and less pass at one rate everywhere, whatever the clocks do in summer; days and more are counted on
    the calendar.
    """
    precision = _OF_A_DAY.get(age.unit)
    if precision is not None:
        elapsed = timedelta(seconds=age.seconds)
        then = (_months_before(now, age.months).astimezone(UTC) - elapsed).astimezone(now.tzinfo)
        then = then.replace(minute=0) if precision == "hour" else then
        timespec = "seconds" if precision == "second" else "minutes"
        return Moment(value=then.isoformat(timespec=timespec), precision=precision, text=text)
    then = _months_before(now, age.months) - timedelta(seconds=age.seconds)
    return _month(then.date(), text) if age.unit == "month" else _day(then.date(), clock, zone, text)


def _months_before(moment: datetime, months: int) -> datetime:
    """Return the same day so many months earlier, or the last day of that month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _month(day: date, text: str) -> Moment:
    return Moment(value=f"{day:%Y-%m}", precision="month", text=text)


def _day(day: date, clock: Clock | None, zone: tzinfo | None, text: str) -> Moment:
    """Return the moment of a day and its time; the day alone where the time or its zone is not known for sure."""
    if clock is None or clock.hour is None or (clock.zoned and clock.zone is None):
        return Moment(value=day.isoformat(), precision="day", text=text)
    time = clock_time(clock.hour, clock.minute or 0, clock.second or 0, tzinfo=clock.zone or zone)
    then = datetime.combine(day, time)
    if clock.second is not None:
        return Moment(value=then.isoformat(timespec="seconds"), precision="second", text=text)
    precision: Precision = "hour" if clock.minute is None else "minute"
    return Moment(value=then.isoformat(timespec="minutes"), precision=precision, text=text)
