"""What the tests of the fetcher share: a clock that does not wait, and fetchers with short limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsarchive.errors import FetchError
from newsarchive.fetcher import Clock, Fetcher, FetchMemory, FetchSettings, Limits
from newsarchive.fetcher.addresses import system_resolver
from tests.fault_server import FaultServer

ARTICLE = "<html><head><title>خبر</title></head><body><p>نصّ الخبر كاملاً.</p></body></html>"
QUICK = Limits(connect=2, read=0.5)


class FakeClock:
    """A clock on which waiting takes no time; `slept` holds what was waited for."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._now = datetime(2026, 11, 1, 12, tzinfo=UTC)
        self._passed = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._passed

    def sleep(self, seconds: float) -> None:
        assert 0 <= seconds < 1e7, seconds
        self.slept.append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._passed += seconds

    def set_back(self, seconds: float) -> None:
        """Turn back the time of day, as a person does; seconds go on counting."""
        self._now -= timedelta(seconds=seconds)


def settings(*servers: FaultServer, **changes: Any) -> FetchSettings:
    """Settings that let these servers be asked, at once and with short limits."""
    return replace(FetchSettings(allow=tuple(server.endpoint for server in servers), delay=0, limits=QUICK), **changes)


def fetcher(
    *servers: FaultServer,
    clock: Clock | None = None,
    memory: FetchMemory | None = None,
    resolver: Callable[[str, int], Iterable[str]] = system_resolver,
    chance: Callable[[], float] = lambda: 0.0,
    **changes: Any,
) -> Fetcher:
    """A fetcher that may ask these servers."""
    return Fetcher(
        settings(*servers, **changes),
        clock=clock or FakeClock(),
        memory=memory,
        resolver=resolver,
        chance=chance,
    )


def failure(fetcher: Fetcher, url: str, **options: Any) -> FetchError:
    """Fetch what cannot be fetched, and return the error; it is one printable line."""
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url, **options)
    assert str(caught.value).isprintable()
    return caught.value
