"""Cookies of one run: a jar for each publisher, bounded, never stored. A user's cookies file is read, not written."""

from __future__ import annotations

import threading
from http.client import HTTPMessage
from http.cookiejar import CookieJar, DefaultCookiePolicy, LoadError, MozillaCookieJar
from typing import TYPE_CHECKING

from requests.cookies import MockRequest, MockResponse, get_cookie_header

from newsarchive.errors import RuleError
from newsarchive.urls import publisher_host

if TYPE_CHECKING:
    from pathlib import Path

    from requests import PreparedRequest

    from newsarchive.fetcher.wire import Head

MOST = 50
LARGEST = 4096


class Cookies:
    """The jars of one run, by publisher: what one host sets is never sent to another publisher's."""

    def __init__(self, file: Path | None = None) -> None:
        self._given = list(_read(file)) if file else []
        self._jars: dict[str, CookieJar] = {}
        self._lock = threading.Lock()

    def header(self, host: str, request: PreparedRequest) -> str | None:
        """Return the Cookie header for a request, None where there is none."""
        jar = self._jars.get(publisher_host(host))
        if jar is None and self._given:
            jar = self._jar(host)
        return get_cookie_header(jar, request) if jar is not None else None  # type: ignore[no-untyped-call]

    def keep(self, host: str, request: PreparedRequest, head: Head) -> None:
        """Keep what an answer sets, until the jar is full; what is too large is let go."""
        values = [value for value in head.values("set-cookie")[:MOST] if len(value) <= LARGEST]
        if not values:
            return
        jar = self._jar(host)
        if len(jar) >= MOST + len(self._given):
            return
        message = HTTPMessage()
        for value in values:
            message["Set-Cookie"] = value
        jar.extract_cookies(MockResponse(message), MockRequest(request))  # type: ignore[arg-type]

    def _jar(self, host: str) -> CookieJar:
        with self._lock:
            jar = self._jars.get(publisher_host(host))
            if jar is None:
                jar = self._jars[publisher_host(host)] = CookieJar(DefaultCookiePolicy(strict_domain=True))
                for cookie in self._given:
                    jar.set_cookie(cookie)
            return jar


def _read(file: Path) -> MozillaCookieJar:
    jar = MozillaCookieJar(file)
    try:
        jar.load(ignore_discard=True, ignore_expires=False)
    except (OSError, LoadError, UnicodeDecodeError) as error:
        raise RuleError(str(file), "cannot be read as a cookies file in the format of Netscape") from error
    return jar
