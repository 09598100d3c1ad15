"""What one exchange brought, and what may be told of it: the headers that are kept, the type that is wanted.

Decisions on data already received; nothing is sent or read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsarchive.fetcher.faults import Fault
from newsarchive.urls import without_credentials

if TYPE_CHECKING:
    from newsarchive.fetcher.kinds import Kind
    from newsarchive.fetcher.wire import Head, Headers

Conditions = tuple[tuple[str, str], ...]
"""Under which conditions something was fetched, as pairs: `address`, `tls`, `insecure`, `proxy`, `user_agent` …"""

_SECRET_HEADERS = re.compile(
    r"(?:set-)?cookie2?|(?:proxy-)?auth.*|(?:proxy-)?www-auth.*|proxy-.*|.*token.*|location", re.IGNORECASE
)
_MEDIA_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]+)/([a-z0-9!#$&^_.+-]+)\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)
_PAGE_SUBTYPES = frozenset({"html", "xhtml+xml", "xml", "json", "ld+json", "rss+xml", "atom+xml", "feed+json"})
_NEVER = frozenset({"image", "audio", "video", "font", "model"})
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BYTE_ORDER_MARKS = (b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")
_MAGIC = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"\x1f\x8b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """A whole answer: its head, and its body with the content coding undone where the body is wanted."""

    head: Head
    content: bytes = b""
    conditions: Conditions = ()


def kept_headers(headers: Headers) -> Headers:
    """Return the headers that may be stored: none that carries a cookie, a key or a password."""
    return tuple(
        (name, value if name.lower() == "etag" else without_credentials(value))
        for name, value in headers
        if not _SECRET_HEADERS.fullmatch(name)
    )


def check_type(head: Head, kind: Kind) -> bool:
    """Raise Fault for a media type that cannot be what is asked for; False says that the bytes must tell."""
    if kind == "robots":
        return True
    match = _MEDIA_TYPE.fullmatch(next(iter(head.values("content-type")), ""))
    if match is None:
        return False
    main, subtype = match[1].lower(), match[2].lower()
    if main in _NEVER or (kind != "feed" and not _can_be_page(main, subtype)):
        raise Fault(f"{main}/{subtype} is no page")
    return True


def check_bytes(start: bytes) -> None:
    """Raise Fault where a body without a usable type begins as pictures, archives or other binary files do."""
    if start.startswith(_MAGIC):
        raise Fault("no type given, and the bytes are not text")
    if not start.startswith(_BYTE_ORDER_MARKS) and _BINARY.search(start[:1024]):
        raise Fault("no type given, and the bytes are not text")


def _can_be_page(main: str, subtype: str) -> bool:
    return main == "text" or (main == "application" and (subtype in _PAGE_SUBTYPES or subtype.endswith("+xml")))
