"""The Wayback Machine's copy of a page that is gone: found by its two indexes, fetched as it was once served.

Everything goes through the Fetcher, its address policy and its limits. Formats of the answers:
https://archive.org/help/wayback_api.php and https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from newsarchive.errors import FetchError, RefusedAddress
from newsarchive.urls import resolve, split, without_credentials

if TYPE_CHECKING:
    from newsarchive.fetcher.fetching import Fetcher
    from newsarchive.models import Page

INDEX_SECONDS = 15
REPLAY_SECONDS = 30  # so that an address takes a minute at most
_TIMESTAMP = re.compile(r"[0-9]{14}")
_REPLAY = re.compile(r"/web/([0-9]{14})id_/(https?:/.+)")


class Copy(NamedTuple):
    """A copy that an index names: when it was made (14 digits, UTC) and of which address."""

    timestamp: str
    original: str


def is_gone(error: FetchError) -> bool:
    """Say whether a page that could not be had is likely not to come back: removed, or its server dead."""
    if error.status is not None:
        return error.is_removal
    return error.retry_at is None and not isinstance(error, RefusedAddress)


def fetch_archived(fetcher: Fetcher, url: str, *, base: str) -> Page:
    """Return the newest sound copy of a page, as it was served to the archive; raise FetchError where there is none.

    `base` is the address of a Wayback Machine. The page's `url` is the original one and its `fetched_at` the time of
    the copy, since that is when it said what it says; `conditions` has `archived_from` (the copy's address) and
    `retrieved_at` (now).
    """
    address = split(url)
    if address is None:
        raise RefusedAddress(without_credentials(url), "not an http or https address")
    wanted = without_credentials(address.url)
    copy = _available(fetcher, wanted, base) or _listed(fetcher, wanted, base)
    if copy is None:
        raise FetchError(wanted, "not in the web archive either")
    replay = f"{base.rstrip('/')}/web/{copy.timestamp}id_/{copy.original}"
    page = fetcher.fetch(replay, kind="copy", deadline=REPLAY_SECONDS)
    return _as_original(page, wanted)


def _available(fetcher: Fetcher, url: str, base: str) -> Copy | None:
    """Ask the short index, which knows the copy nearest to today."""
    host = base.rstrip("/").replace("://web.archive.org", "://archive.org")  # where this index alone is served
    try:
        found = _json(fetcher, f"{host}/wayback/available?url={quote(url, safe='')}")
    except FetchError:
        return None  # it is the weaker of the two
    snapshots = found.get("archived_snapshots") if isinstance(found, dict) else None
    closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
    if not isinstance(closest, dict) or closest.get("status") != "200" or closest.get("available") is not True:
        return None
    return _copy(closest.get("timestamp"), url)


def _listed(fetcher: Fetcher, url: str, base: str) -> Copy | None:
    """Ask the full index for the last copy with status 200."""
    question = f"url={quote(url, safe='')}&output=json&fl=timestamp,original&filter=statuscode:200&limit=-1"
    rows = _json(fetcher, f"{base.rstrip('/')}/cdx/search/cdx?{question}")
    if not isinstance(rows, list) or len(rows) < 2 or not isinstance(rows[-1], list) or len(rows[-1]) != 2:
        return None
    timestamp, original = rows[-1]
    address = split(original) if isinstance(original, str) else None
    return _copy(timestamp, address.url if address else url)


def _copy(timestamp: object, original: str) -> Copy | None:
    if not isinstance(timestamp, str) or not _TIMESTAMP.fullmatch(timestamp) or _moment(timestamp) is None:
        return None
    return Copy(timestamp, original)


def _json(fetcher: Fetcher, url: str) -> object:
    page = fetcher.fetch(url, kind="feed", deadline=INDEX_SECONDS)
    try:
        return json.loads(page.content)
    except (ValueError, RecursionError) as error:
        raise FetchError(url, "the web archive's index gave no JSON") from error


def _moment(timestamp: str) -> datetime | None:
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _as_original(page: Page, requested: str) -> Page:
    """Return the copy under its original address and time, which are those that the archive sent us on to."""
    replayed = _REPLAY.search(page.url)
    original = resolve(requested, replayed[2]) if replayed else None
    made_at = _moment(replayed[1]) if replayed else None
    if original is None or made_at is None:
        raise FetchError(requested, f"the web archive sent us on to {page.url}, which is no copy")
    return replace(
        page,
        requested_url=requested,
        url=original,
        fetched_at=made_at,
        conditions=(*page.conditions, ("archived_from", page.url), ("retrieved_at", page.fetched_at.isoformat())),
    )
