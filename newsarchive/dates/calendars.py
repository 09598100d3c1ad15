"""Year, month and day to a day of the Gregorian calendar, or None where there is no such day. Knows no text."""

from __future__ import annotations

from datetime import date

# Outside of these no page of news is dated: 0000, 0001 and 9999 are what databases print for nothing.
FIRST_YEAR, LAST_YEAR = 1900, 2100
# The range of hijridate: August 1924 to November 2077.
FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR = 1343, 1500
# From this year on digits alone are a Hijri date: as a year of the Persian solar calendar 1411 is still to come.
_FIRST_UNMARKED_HIJRI_YEAR = 1411
# What clocks print that were never set.
_NEVER = date(1970, 1, 1)


def gregorian(year: int, month: int, day: int) -> date | None:
    """Return the day, None where there is none or where it can only be a filler."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return None if found == _NEVER else found


def from_hijri(year: int, month: int, day: int) -> date | None:
    """Return the day that the Umm al-Qura calendar gives for a Hijri date."""
    if not FIRST_HIJRI_YEAR <= year <= LAST_HIJRI_YEAR:
        return None
    # Imported here: few pages are dated so, and its tables take longer to load than all of this package.
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except ValueError:
        return None
    return date(found.year, found.month, found.day)


def is_hijri_year(year: int, *, marked: bool = False) -> bool:
    """Tell whether a year beside digits only (or, `marked`, beside «هـ» or a month's name) is one of the Hijra."""
    first = FIRST_HIJRI_YEAR if marked else _FIRST_UNMARKED_HIJRI_YEAR
    return first <= year <= LAST_HIJRI_YEAR


def day_of_numbers(numbers: tuple[int, int, int], *, year_first: bool, weekday: int | None) -> date | None:
    """Return the day of three numbers with a full year: day first unless that is impossible; after the year the month.

    A weekday that fits the American reading and not the day-first one settles it for the American one.
    """
    if year_first:
        return gregorian(*numbers)
    first, second, year = numbers
    orders = ((second, first), (first, second))
    readings = [found for month, day in orders if (found := gregorian(year, month, day))]
    return next((found for found in readings if found.weekday() == weekday), readings[0] if readings else None)


def day_of_short_year(numbers: tuple[int, int, int], *, weekday: int | None, latest: date | None) -> date | None:
    """Return the day of three numbers of two digits, where just one order of day, month and year makes sense.

    31/12/99 can be read in one way; 26/04/17 in two (2017 or 2026), unless a weekday is told that fits one, or
    one is after `latest`, the day after which nothing can be dated. Where that leaves only the year first, the
    American order must be impossible too: 5/10/12, seen in May 2012, may be the 10th of May.
    """
    first, second, third = numbers
    day_first, year_first, month_first = (
        found if found and _may_be(found, weekday, latest) else None
        for found in (_short(third, second, first), _short(first, second, third), _short(third, first, second))
    )
    if day_first and year_first:
        return day_first if day_first == year_first else None
    return day_first or (None if month_first else year_first)


def _short(year: int, month: int, day: int) -> date | None:
    full = _full_year(year)
    return gregorian(full, month, day) if full else None


def _may_be(found: date, weekday: int | None, latest: date | None) -> bool:
    return weekday in (None, found.weekday()) and (latest is None or found <= latest)


def _full_year(short: int) -> int | None:
    """Return the year that two digits mean within the lifetime of web pages."""
    if short >= 70:
        return 1900 + short
    return 2000 + short if short < 40 else None
