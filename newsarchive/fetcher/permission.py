"""What the robots.txt of each origin says, asked for once a day and kept in the memory.

Joins robots.py (what the text means) with a way to fetch it, which is passed in.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from newsarchive.fetcher.faults import Fault, Refusal
from newsarchive.fetcher.robots import Robots, decoded
from newsarchive.models import RobotsState

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsarchive.configuration import Limits
    from newsarchive.fetcher.memory import FetchMemory
    from newsarchive.fetcher.timing import Clock
    from newsarchive.urls import Address


class _Origin:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.state: RobotsState | None = None
        self.robots: Robots | None = None


class Permissions:
    """Say what each origin's robots.txt allows; safe to use from many threads."""

    def __init__(
        self, memory: FetchMemory, clock: Clock, limits: Limits, fetch: Callable[[Address], bytes | None]
    ) -> None:
        """`fetch` returns a robots.txt, None where there is none (RFC 9309, 2.3.1.3), and raises Fault otherwise."""
        self._memory = memory
        self._clock = clock
        self._limits = limits
        self._fetch = fetch
        self._origins: dict[str, _Origin] = {}
        self._lock = threading.Lock()

    def check(self, address: Address) -> Robots:
        """Return the rules of an address's origin; raise Refusal where they do not let us ask for it."""
        state, robots = self._rules(address)
        if state.text is None:
            again = state.asked_at + timedelta(seconds=self._limits.robots_kept)
            raise Refusal(f"robots.txt could not be had; not asked before {again:%Y-%m-%d %H:%M} UTC")
        if not robots.allows(address.url):
            raise Refusal("robots.txt does not allow it")
        return robots

    def robots(self, address: Address) -> Robots:
        """Return what an address's origin says; it is empty where that could not be had."""
        return self._rules(address)[1]

    def _rules(self, address: Address) -> tuple[RobotsState, Robots]:
        with self._lock:
            origin = self._origins.setdefault(address.origin, _Origin())
        with origin.lock:
            state = origin.state or self._memory.robots_state(address.origin)
            if state is None or not self._is_fresh(state):
                state = self._ask(address, state)
                self._memory.keep_robots_state(state)
            if origin.robots is None or origin.state != state:
                origin.state = state
                origin.robots = Robots(state.text or "")
            return state, origin.robots

    def _is_fresh(self, state: RobotsState) -> bool:
        return timedelta(0) <= self._clock.now() - state.asked_at < timedelta(seconds=self._limits.robots_kept)

    def _ask(self, address: Address, former: RobotsState | None) -> RobotsState:
        """Ask for a robots.txt; where none can be had, the former one counts on for a month, else all is forbidden."""
        now = self._clock.now()
        try:
            content = self._fetch(address._replace(path="/robots.txt", query=None))
        except Fault as fault:
            if not fault.reached:
                raise  # the host was not asked, so there is nothing to keep
            answered_at = former.answered_at if former else None
            if former is None or answered_at is None or now - answered_at > timedelta(days=30):
                return RobotsState(origin=address.origin, asked_at=now)
            return RobotsState(origin=address.origin, asked_at=now, answered_at=answered_at, text=former.text)
        text = "" if content is None else decoded(content, self._limits.robots)
        return RobotsState(origin=address.origin, asked_at=now, answered_at=now, text=text)
