"""Whether and when to try again, as pure decisions on statuses, headers and times."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsarchive.fetcher.wire import Head

WHOLE = frozenset({200, 203})  # the body is what was asked for
TRANSIENT = frozenset({429, 500, 502, 503, 504})  # another try may do better


def retry_after(head: Head, now: datetime, longest: float) -> float | None:
    """Return the seconds that a server asks to be left alone; None where it says nothing that makes sense."""
    for value in head.values("retry-after"):
        if value.isascii() and value.isdigit():
            return min(float(value), longest)
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            continue
        seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
        if seconds > 0:
            return min(seconds, longest)
    return None


def back_off(steps: Sequence[float], attempt: int, chance: float) -> float:
    """Return the seconds to wait after so many failed tries, up to half as much again by chance (0 to 1)."""
    step = steps[min(attempt, len(steps)) - 1]
    return step * (1 + chance / 2)
