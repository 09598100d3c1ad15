"""The only thing on the network: an address goes in, a page comes out, or a FetchError with the reason.

    with Fetcher(FetchSettings(contact="mailto:me@example.org")) as fetcher:
        page = fetcher.fetch("https://example.org/")

Whatever else speaks HTTP goes through here and its address policy. Knows nothing of articles, HTML or SQL.
"""

from __future__ import annotations

from newsarchive.configuration import FetchSettings, Limits
from newsarchive.fetcher.fetching import Fetcher
from newsarchive.fetcher.memory import FetchMemory, VolatileMemory
from newsarchive.fetcher.timing import Clock, SystemClock
from newsarchive.fetcher.validators import Validators
from newsarchive.fetcher.wayback import fetch_archived, is_gone
from newsarchive.models import HostState, RobotsState

__all__ = [
    "Clock",
    "FetchMemory",
    "FetchSettings",
    "Fetcher",
    "HostState",
    "Limits",
    "RobotsState",
    "SystemClock",
    "Validators",
    "VolatileMemory",
    "fetch_archived",
    "is_gone",
]
