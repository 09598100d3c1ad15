"""Where an answer sends on to: Location headers as browsers read them, and refreshes inside a page. Pure."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from newsarchive.fetcher.faults import Fault
from newsarchive.urls import MAX_LENGTH, resolve

if TYPE_CHECKING:
    from newsarchive.fetcher.wire import Headers

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_EARLY = 16 * 1024  # a page that sends on says so at its top
_LONGEST_DELAY = 5  # seconds; a longer one is a page that reloads itself
_NOT_MARKUP = re.compile(rb"<!--.*?(?:-->|$)|<(script|style|noscript)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,4096}>", re.IGNORECASE)
_IS_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_REFRESH = re.compile(r"\s*(\d{1,6})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)


def location(headers: Headers) -> str:
    """Return the one Location of a redirect as ASCII; raise Fault where there is none, or two that differ.

    Bytes beyond ASCII are percent-encoded as they came, in whatever charset, as browsers do: the server gets
    its own bytes back.
    """
    values = {value for name, value in headers if name.lower() == "location"}
    if len(values) != 1:
        raise Fault("redirect to two addresses" if values else "redirect without an address")
    value = values.pop()
    if not value or len(value) > MAX_LENGTH:
        raise Fault("redirect to an address too long" if value else "redirect to nowhere")
    return _ascii(value.encode("latin-1"))


def target(base: str, reference: str) -> str:
    """Return the absolute address of a redirect; raise Fault for anything that is not http or https."""
    url = resolve(base, reference)
    if url is None:
        raise Fault("redirect to what is no http or https address")
    return url


def refresh(url: str, content: bytes) -> str | None:
    """Return where a page's meta refresh sends its readers at once; None for pages that only reload themselves."""
    early = content[:_EARLY]
    if b"refresh" not in early.lower():
        return None
    for meta in _META.findall(_NOT_MARKUP.sub(b"", early)):
        value = _CONTENT.search(meta) if _IS_REFRESH.search(meta) else None
        if value is None:
            continue
        match = _REFRESH.match(_ascii(value[1] or value[2] or value[3] or b""))
        if match is None or int(match[1]) > _LONGEST_DELAY:
            continue
        sent_to = resolve(url, html.unescape(match[2]).strip())
        return None if sent_to == url else sent_to
    return None


def _ascii(raw: bytes) -> str:
    return quote(raw, safe="".join(map(chr, range(0x80))))
