"""Content codings undone, piece by piece: bounded, and checked for the end of their stream.

gzip and deflate only, since only they are asked for. A stream that ends early, is damaged, or is not what it is
called gives a Fault, never a part of a page.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from newsarchive.fetcher.faults import Fault
from newsarchive.fetcher.wire import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
MOST_CODINGS = 2

_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_NAMES = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


def codings(values: Iterable[str]) -> list[str]:
    """Return the codings that Content-Encoding headers name, in the order in which they were applied."""
    named = [name for value in values for name in value.lower().replace(" ", "").split(",")]
    applied = [name for name in named if name not in ("", "identity")]
    if len(applied) > MOST_CODINGS:
        raise Fault(f"{len(applied)} content codings, one upon another")
    unknown = [name for name in applied if name not in _NAMES]
    if unknown:
        raise Fault(f"content coding {unknown[0][:40]!r} was not asked for")
    return [_NAMES[name] for name in applied]


def decoded(pieces: Iterable[bytes], applied: Iterable[str]) -> Iterator[bytes]:
    """Yield the pieces with all codings undone; `applied` as `codings` returns them."""
    for coding in reversed(list(applied)):
        pieces = _gunzipped(pieces) if coding == "gzip" else _inflated(pieces)
    return iter(pieces)


def collected(pieces: Iterable[bytes], limit: int, *, cut: bool = False) -> bytes:
    """Return the pieces as one; as soon as they are more than the limit raise Fault, or `cut` them there."""
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        kept.append(piece)
        if size > limit and cut:
            return b"".join(kept)[:limit]
        if size > limit:
            raise Fault(f"too large: more than {readable(limit)}")
    return b"".join(kept)


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what a gzip stream of one or more members holds; junk after a member is let go, as gunzip does."""
    member = zlib.decompressobj(_GZIP)
    first, started, junk = True, False, False
    for piece in pieces:
        rest = b"" if junk else piece
        full = False
        while rest or full:
            if member.eof:
                member, first, started = zlib.decompressobj(_GZIP), False, False
            try:
                out = member.decompress(rest, _PIECE)
            except zlib.error as error:
                if first or started:
                    raise Fault("content coding gzip is damaged") from error
                junk = True
                break
            rest = member.unused_data if member.eof else member.unconsumed_tail
            full = len(out) == _PIECE and not member.eof  # more may wait inside, without more input
            if out:
                started = True
                yield out
    if not member.eof and (first or started):
        raise Fault("cut: content coding gzip has no end", transient=True)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what a deflate stream holds, with the wrapping that RFC 9110 asks for or without, as servers send it."""
    stream = None
    start = b""
    for piece in pieces:
        rest = start + piece
        if stream is None:
            if len(rest) < 2:
                start = rest
                continue
            start = b""
            wrapped = rest[0] & 0x0F == 8 and int.from_bytes(rest[:2]) % 31 == 0
            stream = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        full = False
        while (rest or full) and not stream.eof:
            try:
                out = stream.decompress(rest, _PIECE)
            except zlib.error as error:
                raise Fault("content coding deflate is damaged") from error
            rest, full = stream.unconsumed_tail, len(out) == _PIECE
            if out:
                yield out
    if stream is None or not stream.eof:
        raise Fault("cut: content coding deflate has no end", transient=True)
