"""The way of one address through its redirects and tries: what it may still use up, and what came of it.

Holds and tells; what happens next is decided in fetching.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsarchive.errors import FetchError, RefusedAddress
from newsarchive.fetcher.answer import kept_headers
from newsarchive.fetcher.faults import Fault, Refusal, TooManyRedirects
from newsarchive.fetcher.politeness import Paused
from newsarchive.fetcher.redirects import REDIRECTS, location, refresh, target
from newsarchive.models import Hop, Page
from newsarchive.urls import publisher_host, split, without_credentials

if TYPE_CHECKING:
    from datetime import datetime

    from newsarchive.fetcher.answer import Conditions, Served
    from newsarchive.fetcher.kinds import Bounds, Kind
    from newsarchive.fetcher.timing import Deadline
    from newsarchive.fetcher.validators import Validators
    from newsarchive.urls import Address


@dataclass(kw_only=True, slots=True)
class Journey:
    """One address on its way; `at` is where it is now, `deadline` stands from the first request on."""

    requested: Address
    at: Address
    kind: Kind
    bounds: Bounds
    tries: int
    refreshes: int
    crawl: bool = False
    validators: Validators | None = None
    deadline: Deadline | None = None
    retry_at: datetime | None = None
    hops: list[Hop] = field(default_factory=list)
    conditions: Conditions = ()

    @property
    def host(self) -> str:
        """Return the host that is asked now, as it counts for politeness."""
        return publisher_host(self.at.host)

    @property
    def left(self) -> float:
        """Return the seconds that are left for this address."""
        return self.bounds.seconds if self.deadline is None else self.deadline.left()

    def go_on(self, served: Served) -> bool:
        """Go where an answer sends us; False where we have arrived. Raises Fault where it leads nowhere."""
        onward = self._onward(served)
        if onward is None:
            return False
        hop = Hop(url=shown(self.at), status=served.head.status, location=without_credentials(onward))
        self.hops.append(hop)
        if len(self.hops) > self.bounds.redirects:
            raise TooManyRedirects(f"more than {self.bounds.redirects} redirects")
        following = split(onward)
        if following is None:
            raise Fault("redirect to what is no http or https address")
        self.at = following
        return True

    def _onward(self, served: Served) -> str | None:
        if served.head.status in REDIRECTS:
            return target(self.at.url, location(served.head.headers))
        if self.refreshes == 0:
            return None
        onward = refresh(self.at.url, served.content)
        self.refreshes -= onward is not None
        return onward

    def page(self, served: Served, now: datetime) -> Page:
        """Return what was served at the end of the way."""
        return Page(
            requested_url=shown(self.requested),
            url=shown(self.at),
            content=served.content,
            fetched_at=now,
            status=served.head.status,
            headers=kept_headers(served.head.headers),
            redirects=tuple(self.hops),
            conditions=served.conditions + self.conditions,
        )

    def error(self, fault: Fault, now: datetime) -> FetchError:
        """Return the error that a user sees: the address asked for, and where on its way what went wrong."""
        where = "" if self.at is self.requested else f"at {shown(self.at)}: "
        kind = RefusedAddress if isinstance(fault, Refusal) else FetchError
        page = self.page(fault.served, now) if fault.served else None
        return kind(
            shown(self.requested),
            _printable(where + fault.reason),
            status=page.status if page else None,
            page=page,
            retry_at=fault.until if isinstance(fault, Paused) else self.retry_at,
        )


def shown(address: Address) -> str:
    """Return an address as it may be stored and printed."""
    return without_credentials(address.url)


def _printable(reason: str) -> str:
    """Return a reason without what a server may have put into it to write over a terminal."""
    return "".join([character if character.isprintable() else " " for character in reason])
