"""One request and its whole answer: headers out, a checked and bounded body in. The only user of connection.py.

Imported when the first address is asked for, since requests is heavy. Knows nothing of redirects, tries or turns.
"""

from __future__ import annotations

import logging
import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

import requests
from requests.utils import get_environ_proxies, select_proxy

from newsarchive.errors import RuleError
from newsarchive.fetcher.answer import Served, check_bytes, check_type
from newsarchive.fetcher.connection import Answer, CheckedAdapter, Route, RoutedRequest, proxy_headers
from newsarchive.fetcher.cookies import Cookies
from newsarchive.fetcher.decoding import ACCEPTED, codings, collected, decoded
from newsarchive.fetcher.faults import Fault
from newsarchive.fetcher.kinds import ACCEPT
from newsarchive.fetcher.redirects import REDIRECTS
from newsarchive.fetcher.retries import TRANSIENT, WHOLE
from newsarchive.urls import publisher_host, without_credentials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newsarchive.configuration import FetchSettings
    from newsarchive.fetcher.addresses import AddressPolicy
    from newsarchive.fetcher.answer import Conditions
    from newsarchive.fetcher.kinds import Bounds, Kind
    from newsarchive.fetcher.timing import Deadline
    from newsarchive.urls import Address

log = logging.getLogger(__name__)

_ENOUGH_TO_SNIFF = 1024


class Transport:
    """Send requests and read their answers; used from many threads at once."""

    def __init__(
        self,
        settings: FetchSettings,
        agent: str,
        policy: AddressPolicy,
        resolver: Callable[[str, int], Iterable[str]],
    ) -> None:
        if not (agent.isascii() and agent.isprintable()):
            raise RuleError(agent, "the contact and the User-Agent must be ASCII letters, on one line")
        self._settings = settings
        self._agent = agent
        self._cookies = Cookies(settings.cookies)
        self._adapter = CheckedAdapter(policy, settings.limits, resolver, _authorities(settings))
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("http://", self._adapter)
        self._session.mount("https://", self._adapter)
        if settings.proxy or settings.trust_environment:
            log.warning("a proxy looks up names itself: the address policy does not apply to what it finds")

    def exchange(
        self,
        address: Address,
        deadline: Deadline,
        *,
        kind: Kind,
        bounds: Bounds,
        headers: Mapping[str, str],
        answered: Callable[[], None],
    ) -> Served:
        """Ask once and return the answer, its body whole where it is wanted; call `answered` when it begins."""
        proxy = self._proxy(address)
        insecure = not {address.host, publisher_host(address.host)}.isdisjoint(self._settings.insecure)
        route = Route(address, deadline, proxy, insecure)
        request = self._request(route, kind, headers)
        response = self._session.send(request, stream=True, allow_redirects=False, proxies={})
        answer = cast("Answer", response.raw)
        try:
            answered()
            self._cookies.keep(address.host, request, answer.head)
            content = self._content(answer, kind, bounds)
        finally:
            self._adapter.release(answer.connection)
        return Served(head=answer.head, content=content, conditions=self._conditions(route, answer))

    def close(self) -> None:
        """End all exchanges that are under way."""
        self._adapter.abort()

    def _request(self, route: Route, kind: Kind, extra: Mapping[str, str]) -> RoutedRequest:
        headers = {
            "User-Agent": self._agent,
            "Accept": ACCEPT[kind],
            "Accept-Language": "ar, *;q=0.5",
            "Accept-Encoding": ACCEPTED,
            "Connection": "close",
            **extra,
        }
        if route.proxy is not None and route.forwarded:
            headers |= proxy_headers(route.proxy)
        request = RoutedRequest(route, headers)
        if (cookie := self._cookies.header(route.address.host, request)) is not None:
            request.headers["Cookie"] = cookie
        return request

    def _content(self, answer: Answer, kind: Kind, bounds: Bounds) -> bytes:
        status = answer.head.status
        if status in WHOLE:
            return _whole(answer, kind, bounds)
        if status in REDIRECTS or status in TRANSIENT or kind in ("feed", "robots"):
            return b""
        most = self._settings.limits.error_body
        try:
            return collected(_pieces(answer, most), most)
        except Fault:  # what a server adds to its refusal is kept only where it can be had whole
            return b""

    def _proxy(self, address: Address) -> str | None:
        proxy = self._settings.proxy
        if proxy is None and self._settings.trust_environment:
            proxy = select_proxy(address.url, get_environ_proxies(address.url, no_proxy=None))
        if proxy and not proxy.startswith("http://"):
            raise RuleError(without_credentials(proxy), "not a proxy that can be used; write it as http://HOST:PORT")
        return proxy or None

    def _conditions(self, route: Route, answer: Answer) -> Conditions:
        found = {
            "user_agent": self._agent,
            "address": None if route.proxy else answer.peer,
            "certificate_sha256": answer.certificate,
            "proxy": without_credentials(route.proxy) if route.proxy else None,
            "insecure": route.address.host if route.insecure else None,
            "cookies": "from a file" if self._settings.cookies else None,
        }
        return tuple((name, value) for name, value in found.items() if value)


def _authorities(settings: FetchSettings) -> Path | None:
    """Return the file of further certificate authorities, from the environment only where that is trusted."""
    if settings.authorities is None and settings.trust_environment:
        named = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
        return Path(named) if named else None
    return settings.authorities


def _whole(answer: Answer, kind: Kind, bounds: Bounds) -> bytes:
    typed = check_type(answer.head, kind)
    pieces = _pieces(answer, bounds.wire)
    if kind == "robots":
        return collected(pieces, bounds.decoded, cut=True)
    if not typed:
        pieces = _sniffed(pieces)
    return collected(pieces, bounds.decoded)


def _pieces(answer: Answer, most: int) -> Iterator[bytes]:
    applied = codings(answer.head.values("content-encoding"))
    return decoded(answer.body(most), applied)


def _sniffed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces unless the first of them show that this is no text."""
    start: list[bytes] = []
    while sum(map(len, start)) < _ENOUGH_TO_SNIFF and (piece := next(pieces, b"")):
        start.append(piece)
    check_bytes(b"".join(start))
    return chain(start, pieces)
