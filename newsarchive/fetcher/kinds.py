"""What is asked for, and the bounds that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from newsarchive.configuration import Limits

Kind = Literal["page", "copy", "feed", "robots"]
"""`page` is HTML, `copy` the same out of a web archive (whose refreshes would lead out of it), `feed` a feed, a
sitemap or an index (larger, of any type), `robots` a robots.txt."""

ACCEPT: dict[Kind, str] = {
    "page": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.1",
    "copy": "*/*",
    "feed": "application/rss+xml, application/atom+xml, application/xml, application/feed+json, */*;q=0.5",
    "robots": "text/plain, */*;q=0.1",
}


class Bounds(NamedTuple):
    """The bounds of one fetch: bytes on the wire, bytes decoded, seconds, redirects."""

    wire: int
    decoded: int
    seconds: float
    redirects: int


def bounds(kind: Kind, limits: Limits) -> Bounds:
    """Return the bounds of a fetch of this kind."""
    if kind == "robots":
        return Bounds(limits.wire, limits.robots, limits.robots_total, limits.robots_redirects)
    decoded = limits.feed if kind == "feed" else limits.decoded
    return Bounds(limits.wire, decoded, limits.total, limits.redirects)
