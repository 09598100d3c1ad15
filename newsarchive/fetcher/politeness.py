"""One request at a time and a gap for each host, and hosts left alone for a while; kept across runs by the memory.

Decides when; knows nothing of what is asked.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from newsarchive.fetcher.faults import Fault
from newsarchive.models import HostState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from newsarchive.configuration import Limits
    from newsarchive.fetcher.memory import FetchMemory
    from newsarchive.fetcher.timing import Clock

FIRST_PAUSE = 15 * 60.0
LONGEST_PAUSE = 24 * 3600.0


class Paused(Fault):
    """The host is to be left alone until `until`, which is too long to wait for."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(f"{reason}; not asked before {until:%Y-%m-%d %H:%M} UTC", reached=False)
        self.until = until


class Turn:
    """The right to ask a host once; `answered` marks when the answer began, from which the next gap counts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.answered_at: float | None = None

    def answered(self) -> None:
        """Say that the server has begun to answer."""
        self.answered_at = self._clock.monotonic()


class _Host:
    def __init__(self, state: HostState) -> None:
        self.turn = threading.Lock()
        self.state = state
        self.ready_at = float("-inf")
        self.last: float | None = None  # None until this run has asked


class Politeness:
    """Give turns at hosts, one at a time for each."""

    def __init__(self, memory: FetchMemory, clock: Clock, limits: Limits) -> None:
        self._memory = memory
        self._clock = clock
        self._limits = limits
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, name: str, *, gap: float, patience: float, hurried: bool = False) -> Iterator[Turn]:
        """Wait for a turn at a host and hold it; raise Paused if that would take longer than the patience.

        The gap itself is always waited for: `patience` is about pauses and, where `hurried`, about those who ask
        the host at the same time.
        """
        host = self._host(name)
        if not host.turn.acquire(timeout=max(patience, 0) if hurried else -1):
            raise Fault("the host is being asked by others all the time", transient=True, reached=False)
        try:
            self._wait_for_pause(host, patience)
            ready = host.ready_at if host.last is None else host.last + gap
            if (wait := ready - self._clock.monotonic()) > 0:
                self._clock.sleep(wait)
            turn = Turn(self._clock)
            try:
                yield turn
            finally:
                now = self._clock.monotonic()
                host.last = now if turn.answered_at is None else turn.answered_at
                host.ready_at = host.last + gap
                self._change(host, next_at=self._clock.now() + timedelta(seconds=host.ready_at - now))
        finally:
            host.turn.release()

    def wait(self, name: str) -> float:
        """Return the seconds until a host may be asked, for whoever plans what to ask next."""
        host = self._host(name)
        return max(0.0, host.ready_at - self._clock.monotonic(), self._pause_left(host))

    def pause(self, name: str, seconds: float, reason: str) -> datetime:
        """Leave a host alone for so long, in this run and later ones; return until when."""
        until = self._clock.now() + timedelta(seconds=seconds)
        self._change(self._host(name), paused_until=until, reason=reason)
        return until

    def count(self, name: str, *, failed: bool) -> None:
        """Count addresses that failed in a row; too many pause the host, each further one for twice as long."""
        host = self._host(name)
        failures = host.state.failures + 1 if failed else 0
        if failures != host.state.failures:
            self._change(host, failures=failures)
        beyond = failures - self._limits.failures_in_a_row
        if beyond >= 0 and self._pause_left(host) <= 0:
            seconds = min(FIRST_PAUSE * 2.0 ** min(beyond, 10), LONGEST_PAUSE)
            self.pause(name, seconds, f"{failures} addresses in a row failed")

    def _wait_for_pause(self, host: _Host, patience: float) -> None:
        left = self._pause_left(host)
        if left <= 0:
            return
        if left > patience:
            raise Paused(host.state.reason or "host paused", self._clock.now() + timedelta(seconds=left))
        self._clock.sleep(left)

    def _pause_left(self, host: _Host) -> float:
        """Return the seconds left of a pause; one that is longer than any we make tells of a clock set back."""
        if host.state.paused_until is None:
            return 0
        left = (host.state.paused_until - self._clock.now()).total_seconds()
        return left if 0 < left <= self._limits.longest_pause else 0

    def _host(self, name: str) -> _Host:
        with self._lock:
            host = self._hosts.get(name)
            if host is None:
                host = self._hosts[name] = _Host(self._memory.host_state(name) or HostState(host=name))
                if host.state.next_at is not None:
                    left = (host.state.next_at - self._clock.now()).total_seconds()
                    host.ready_at = self._clock.monotonic() + min(left, self._limits.longest_delay)
            return host

    def _change(self, host: _Host, **changes: Any) -> None:
        with self._lock:
            host.state = replace(host.state, **changes)
            self._memory.keep_host_state(host.state)
