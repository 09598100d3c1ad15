"""What the fetcher remembers of hosts, kept in the archive: read when a run begins, written when it ends.

Fetch threads may ask and tell at any time, while only the writing thread may touch the archive; so the states live in
memory in between.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from newsarchive.fetcher import VolatileMemory

if TYPE_CHECKING:
    from newsarchive.archive.crawling import Crawling
    from newsarchive.models import HostState, RobotsState


_FLUSH_EVERY = 5  # seconds


class HostMemory(VolatileMemory):
    """A memory for one run that begins with what the last one left."""

    def __init__(self, crawling: Crawling) -> None:
        super().__init__()
        self._crawling = crawling
        self._flushed_at = time.monotonic()
        self._is_urgent = False
        self._changed_hosts: dict[str, HostState] = {}
        self._changed_robots: dict[str, RobotsState] = {}
        hosts, robots = crawling.memory()
        for host in hosts:
            super().keep_host_state(host)
        for origin in robots:
            super().keep_robots_state(origin)

    def keep_host_state(self, state: HostState) -> None:
        """Keep the state in place of the host's former one."""
        former = self.host_state(state.host)
        if state.paused_until != (former.paused_until if former else None):
            self._is_urgent = True  # what a host asked for must survive a run that is killed
        super().keep_host_state(state)
        self._changed_hosts[state.host] = state

    def keep_robots_state(self, state: RobotsState) -> None:
        """Keep the state in place of the origin's former one."""
        super().keep_robots_state(state)
        self._changed_robots[state.origin] = state

    def flush_if_due(self) -> None:
        """Write what has changed where a host was paused, and otherwise every few seconds."""
        if self._is_urgent or time.monotonic() - self._flushed_at > _FLUSH_EVERY:
            self.flush()

    def flush(self) -> None:
        """Write what has changed; called by the thread that writes."""
        self._flushed_at = time.monotonic()
        self._is_urgent = False
        hosts, self._changed_hosts = self._changed_hosts, {}
        robots, self._changed_robots = self._changed_robots, {}
        if hosts or robots:
            self._crawling.keep_memory(hosts.values(), robots.values())
