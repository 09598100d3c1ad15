"""Time as the fetcher sees it: a clock that can be replaced, and the deadline of one address."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol

from newsarchive.fetcher.faults import Fault, Stopped


class Clock(Protocol):
    """What tells and passes the time; tests bring one that does not wait."""

    def now(self) -> datetime:
        """Return the time of day, aware, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""

    def sleep(self, seconds: float) -> None:
        """Wait; raise Stopped where the waiting was ended from outside."""


class SystemClock:
    """The computer's clock; `stop` ends every wait at once, for a run that is told to end."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def now(self) -> datetime:
        """Return the time of day, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; raise Stopped where `stop` was called."""
        if self._stopped.wait(seconds):
            raise Stopped

    def stop(self) -> None:
        """End all waiting, now and later."""
        self._stopped.set()


class Deadline:
    """The moment by which an address must be done, with all its redirects and tries."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._end = clock.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left, negative where none are."""
        return self._end - self._clock.monotonic()

    def within(self, most: float) -> float:
        """Return a timeout of at most so many seconds that does not pass the deadline."""
        left = self.left()
        if left <= 0:
            raise Fault(f"not done within {self._seconds:g} s")
        return min(most, left)
