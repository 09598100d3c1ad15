"""The Fetcher: one address, with its redirects and tries, becomes a page or a FetchError.

Joins the parts of this package: every hop is checked, waited for, asked and recorded here. What may be connected
to is decided in addresses.py, how bytes are read in wire.py and decoding.py, when in politeness.py.
"""

from __future__ import annotations

import logging
import random
import threading
from typing import TYPE_CHECKING, Self

import newsarchive
from newsarchive.configuration import FetchSettings
from newsarchive.errors import RefusedAddress
from newsarchive.fetcher.addresses import AddressPolicy, system_resolver
from newsarchive.fetcher.faults import Fault, Stopped, TooManyRedirects
from newsarchive.fetcher.journey import Journey, shown
from newsarchive.fetcher.kinds import bounds
from newsarchive.fetcher.memory import VolatileMemory
from newsarchive.fetcher.permission import Permissions
from newsarchive.fetcher.politeness import Politeness
from newsarchive.fetcher.redirects import REDIRECTS
from newsarchive.fetcher.retries import TRANSIENT, WHOLE, back_off, retry_after
from newsarchive.fetcher.timing import Deadline, SystemClock
from newsarchive.urls import publisher_host, split, without_credentials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from newsarchive.fetcher.answer import Served
    from newsarchive.fetcher.kinds import Kind
    from newsarchive.fetcher.memory import FetchMemory
    from newsarchive.fetcher.timing import Clock
    from newsarchive.fetcher.transport import Transport
    from newsarchive.fetcher.validators import Validators
    from newsarchive.models import Page
    from newsarchive.urls import Address

log = logging.getLogger(__name__)


class Fetcher:
    """Fetch pages; safe to use from many threads, one host being asked by one of them at a time."""

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        memory: FetchMemory | None = None,
        clock: Clock | None = None,
        resolver: Callable[[str, int], Iterable[str]] = system_resolver,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._settings = settings or FetchSettings()
        self._limits = self._settings.limits
        self._clock = clock or SystemClock()
        self._ignore_robots = {publisher_host(name.lower()) for name in self._settings.ignore_robots}
        self._delays = {publisher_host(name.lower()): delay for name, delay in self._settings.delays}
        self._resolver = resolver
        self._chance = chance
        self._policy = AddressPolicy(self._settings.allow)
        self._memory = memory or VolatileMemory()
        self._politeness = Politeness(self._memory, self._clock, self._limits)
        self._permissions = Permissions(self._memory, self._clock, self._limits, self._fetch_robots)
        self._transport: Transport | None = None
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End everything that is under way, in all threads; what waits gets a FetchError."""
        self._closed = True
        if isinstance(self._clock, SystemClock):
            self._clock.stop()
        if self._transport is not None:
            self._transport.close()

    def fetch(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        deadline: float | None = None,
        kind: Kind = "page",
        crawl: bool = False,
    ) -> Page:
        """Return what is served at an address, or raise FetchError (RefusedAddress where a policy forbids it).

        With `validators` of an earlier page the answer may be a page of status 304 without content. `deadline` is
        in seconds and counts from the first request. `crawl` is for addresses that a program found: robots.txt is
        asked, failing hosts are left alone, only the web's usual ports are open.
        """
        address = split(url)
        if address is None:
            raise RefusedAddress(without_credentials(url), "not an http or https address")
        if not crawl:
            self.open_port(url)
        journey = self._journey(address, kind, deadline=deadline, crawl=crawl, validators=validators)
        try:
            page = self._travel(journey)
        except Fault as fault:
            self._count(journey, failed=fault.transient)
            raise journey.error(fault, self._clock.now()) from fault
        self._count(journey, failed=False)
        return page

    def open_port(self, url: str) -> None:
        """Take the port of an address as named by a person: pages of its host may be fetched from it."""
        if (address := split(url)) is not None:
            self._policy.name(address.host, address.port)

    def wait(self, url: str) -> float:
        """Return the seconds until the host of an address may be asked again, for whoever plans what comes next."""
        address = split(url)
        return self._politeness.wait(publisher_host(address.host)) if address else 0

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt of an address's origin names; none where it cannot be had."""
        address = split(url)
        if address is None:
            return ()
        try:
            return self._permissions.robots(address).sitemaps
        except Fault as fault:
            log.info("%s: robots.txt: %s", shown(address), fault.reason)
            return ()

    def _journey(
        self,
        address: Address,
        kind: Kind,
        *,
        deadline: float | None = None,
        crawl: bool = False,
        validators: Validators | None = None,
    ) -> Journey:
        limits = bounds(kind, self._limits)
        return Journey(
            requested=address,
            at=address,
            kind=kind,
            bounds=limits if deadline is None else limits._replace(seconds=deadline),
            crawl=crawl,
            validators=validators,
            tries=self._limits.tries,
            refreshes=self._limits.refreshes if kind == "page" else 0,
        )

    def _fetch_robots(self, address: Address) -> bytes | None:
        """Return a robots.txt, None where the origin has none; as RFC 9309, 2.3.1 tells one from the other."""
        journey = self._journey(address, "robots")
        try:
            return self._travel(journey).content
        except TooManyRedirects:
            return None
        except Fault as fault:
            status = fault.served.head.status if fault.served else 0
            if 400 <= status < 500 and status not in TRANSIENT:
                return None
            raise

    def _count(self, journey: Journey, *, failed: bool) -> None:
        if journey.crawl and not self._closed:
            self._politeness.count(journey.host, failed=failed)

    def _travel(self, journey: Journey) -> Page:
        while True:
            served = self._ask(journey)
            if not journey.go_on(served):
                return journey.page(served, self._clock.now())

    def _ask(self, journey: Journey) -> Served:
        """Return the answer to one address, after as many tries as are left and make sense."""
        while True:
            try:
                return self._try(journey)
            except Fault as fault:
                if self._closed:
                    raise Stopped from fault
                journey.tries -= 1
                wait = self._wait_before_next(journey, fault)
                if wait is None:
                    raise
                log.info("%s: %s; again in %.1f s", shown(journey.at), fault.reason, wait)
            self._clock.sleep(wait)

    def _try(self, journey: Journey) -> Served:
        """Ask once, when it is our turn; raise Fault for whatever is not a page, a redirect or a wanted 304."""
        address = journey.at
        self._policy.check_port(address)
        gap = self._gap(journey)
        hurried = journey.deadline is not None
        with self._politeness.turn(journey.host, gap=gap, patience=journey.left, hurried=hurried) as turn:
            if self._closed:
                raise Stopped
            if journey.deadline is None:
                journey.deadline = Deadline(self._clock, journey.bounds.seconds)
            conditional = self._conditional(journey)
            served = self._transport_().exchange(
                address,
                journey.deadline,
                kind=journey.kind,
                bounds=journey.bounds,
                headers=conditional,
                answered=turn.answered,
            )
        self._judge(served, conditional=bool(conditional))
        return served

    def _judge(self, served: Served, *, conditional: bool) -> None:
        status = served.head.status
        if status in WHOLE or status in REDIRECTS or (status == 304 and conditional):
            return
        raise Fault(
            f"HTTP {status}",
            transient=status in TRANSIENT,
            retry_after=retry_after(served.head, self._clock.now(), self._limits.longest_pause),
            served=served,
        )

    def _wait_before_next(self, journey: Journey, fault: Fault) -> float | None:
        """Return the seconds to wait before another try, None where there will be none."""
        if fault.retry_after is not None and fault.transient:
            journey.retry_at = self._politeness.pause(journey.host, fault.retry_after, fault.reason)
        if not fault.transient or journey.tries <= 0 or (journey.kind == "robots" and fault.served):
            return None
        tried = self._limits.tries - journey.tries
        wait = fault.retry_after or back_off(self._limits.back_off, tried, self._chance())
        return wait if journey.deadline is not None and wait < journey.left else None

    def _gap(self, journey: Journey) -> float:
        """Return the least time between two requests to the host; a hop waits no longer than leaves time to read."""
        gap = delay = self._delays.get(journey.host, self._settings.delay)
        if journey.crawl and journey.host in self._ignore_robots:
            journey.conditions = (("robots", "not asked, by configuration"),)
        elif journey.crawl:
            robots = self._permissions.check(journey.at)
            gap = max(delay, min(robots.delay, self._limits.longest_delay))
        if journey.deadline is not None and gap > journey.left - self._limits.read:
            return delay
        return gap

    def _conditional(self, journey: Journey) -> dict[str, str]:
        validators = journey.validators
        if validators is None or validators.url != journey.at.url:
            return {}
        return validators.headers(self._clock.now(), self._limits.full_fetch_every)

    def _transport_(self) -> Transport:
        with self._lock:
            if self._transport is None:
                from newsarchive.fetcher.transport import Transport

                self._transport = Transport(self._settings, self._agent(), self._policy, self._resolver)
            return self._transport

    def _agent(self) -> str:
        """Return the User-Agent header: our name, and whom to write to."""
        if self._settings.user_agent:
            return self._settings.user_agent
        about = f" (+{self._settings.contact})" if self._settings.contact else ""
        return f"newsarchive/{newsarchive.__version__}{about}"
