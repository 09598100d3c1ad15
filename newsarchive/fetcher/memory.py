"""What the fetcher remembers of hosts between runs, and where it keeps it: a Protocol that the archive fulfils.

Without an archive, `VolatileMemory` remembers for one run. Data only: what follows from it is decided in
politeness.py and robots.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from newsarchive.models import HostState, RobotsState


class FetchMemory(Protocol):
    """Keeps host and robots states; called from many threads, never inside a transaction of the caller's."""

    def host_state(self, host: str) -> HostState | None:
        """Return what was last kept for a host."""

    def keep_host_state(self, state: HostState) -> None:
        """Keep the state in place of the host's former one; losing the last second of it does no harm."""

    def robots_state(self, origin: str) -> RobotsState | None:
        """Return what was last kept for an origin (scheme, host and port)."""

    def keep_robots_state(self, state: RobotsState) -> None:
        """Keep the state in place of the origin's former one."""


class VolatileMemory:
    """A memory for one run."""

    def __init__(self) -> None:
        self._hosts: dict[str, HostState] = {}
        self._robots: dict[str, RobotsState] = {}

    def host_state(self, host: str) -> HostState | None:
        """Return what was last kept for a host."""
        return self._hosts.get(host)

    def keep_host_state(self, state: HostState) -> None:
        """Keep the state in place of the host's former one."""
        self._hosts[state.host] = state

    def robots_state(self, origin: str) -> RobotsState | None:
        """Return what was last kept for an origin."""
        return self._robots.get(origin)

    def keep_robots_state(self, state: RobotsState) -> None:
        """Keep the state in place of the origin's former one."""
        self._robots[state.origin] = state
