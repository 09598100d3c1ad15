"""HTTP/1 as it comes off the wire, read strictly: the head, and the body by its framing.

Everything is bounded: each read by the deadline, each message by its size. A body is whole, or a Fault is raised.
Knows nothing of addresses, redirects or content codings.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.fetcher.faults import Fault

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from newsarchive.fetcher.timing import Deadline

PIECE = 64 * 1024
MOST_HEADERS = 500
MOST_INTERIM = 20  # 1xx answers before the final one

_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([0-9]{3})(?: [^\r\n]*)?\r?\n")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:(.*)", re.DOTALL)
_FORBIDDEN = bytes.maketrans(b"\0\r\n", b"   ")  # RFC 9110, 5.5: to be replaced by spaces
_LENGTH = re.compile(r"[0-9]{1,19}")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,12})[ \t]*(?:;[^\r\n]*)?\r?\n")
_BODILESS = frozenset({204, 205, 304})

Headers = tuple[tuple[str, str], ...]


class Wire(io.RawIOBase):
    """The receiving side of a socket, ended by a deadline and by a number of bytes."""

    def __init__(self, sock: socket.socket, deadline: Deadline, *, read_timeout: float, limit: int) -> None:
        self._socket = sock
        self._deadline = deadline
        self._read_timeout = read_timeout
        self._limit = limit
        self._received = 0

    def readable(self) -> bool:
        """Say that this can be read, as io.BufferedReader asks."""
        return True

    def allow(self, count: int) -> None:
        """Let so many more bytes come from now on."""
        self._limit = self._received + count

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Receive what has come; raise Fault at the deadline, after too long a silence, or past the limit."""
        self._socket.settimeout(self._deadline.within(self._read_timeout))
        try:
            count = self._socket.recv_into(buffer)
        except TimeoutError as error:
            self._deadline.within(self._read_timeout)
            raise Fault(f"no answer within {self._read_timeout:g} s", transient=True) from error
        except (OSError, ValueError) as error:  # ValueError: the socket was closed under us
            raise Fault(f"connection lost: {reason_of(error)}", transient=True) from error
        self._received += count
        if self._received > self._limit:
            raise Fault(f"too large: more than {readable(self._limit)} came")
        return count


class Head(NamedTuple):
    """Status and headers of an answer; values are Latin-1, so that their bytes can be had back."""

    status: int
    headers: Headers

    def values(self, name: str) -> list[str]:
        """Return all values of a header, in the order in which they came; `name` is in lower case."""
        return [value for key, value in self.headers if key.lower() == name]


def read_head(reader: io.BufferedReader[Wire]) -> Head:
    """Read the head of the final answer, past interim ones (1xx)."""
    for _ in range(MOST_INTERIM):
        line = reader.readline(PIECE)
        if not line:
            raise Fault("connection closed without an answer", transient=True)
        match = _STATUS_LINE.fullmatch(line)
        if match is None:
            raise Fault("not an HTTP answer")
        head = Head(int(match[2]), _read_headers(reader))
        if not 100 <= head.status < 200:
            return head
    raise Fault("more than enough interim answers")


def read_body(reader: io.BufferedReader[Wire], head: Head, *, most: int) -> Iterator[bytes]:
    """Yield the body as its framing says; raise Fault where it ends early, is too long or its framing is unsound."""
    if head.status in _BODILESS:
        return iter(())
    codings = ",".join(head.values("transfer-encoding")).lower().strip()
    if codings not in ("", "identity"):
        if codings != "chunked":
            raise Fault(f"transfer coding {codings[:40]!r} is not known")
        return _chunks(reader)
    length = declared_length(head)
    if length is not None and length > most:
        raise Fault(f"too large: {length} bytes are announced, {readable(most)} allowed")
    return _to_the_end(reader) if length is None else _counted(reader, length)


def declared_length(head: Head) -> int | None:
    """Return the Content-Length; raise Fault where it is not one plain number."""
    values = head.values("content-length")
    if not values:
        return None
    if len(values) > 1 or not _LENGTH.fullmatch(values[0]):
        raise Fault(f"Content-Length {', '.join(values)[:40]!r} is not a number")
    return int(values[0])


def reason_of(error: Exception) -> str:
    """Return what the system says of an error, without numbers and addresses."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def readable(size: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{size >> 20} MiB" if size >= 1 << 20 else f"{size >> 10} KiB"


def _read_headers(reader: io.BufferedReader[Wire]) -> Headers:
    lines: list[bytes] = []
    while True:
        line = reader.readline(PIECE)
        if line in (b"\r\n", b"\n"):
            break
        if not line.endswith(b"\n"):
            raise Fault("header cut or too long", transient=len(line) < PIECE)
        if line[:1] in b" \t" and lines:
            lines[-1] += line  # folded: RFC 9112, 5.2
        else:
            lines.append(line)
        if len(lines) > MOST_HEADERS:
            raise Fault(f"more than {MOST_HEADERS} headers")
    return tuple(_field(match) for match in map(_FIELD.fullmatch, lines) if match)


def _field(match: re.Match[bytes]) -> tuple[str, str]:
    value = match[2].translate(_FORBIDDEN).strip(b" \t")
    return match[1].decode("ascii"), value.decode("latin-1")


def _counted(reader: io.BufferedReader[Wire], length: int) -> Iterator[bytes]:
    left = length
    while left:
        piece = reader.read(min(PIECE, left))
        if not piece:
            raise Fault(f"cut: {length - left} of {length} bytes came", transient=True)
        left -= len(piece)
        yield piece


def _to_the_end(reader: io.BufferedReader[Wire]) -> Iterator[bytes]:
    while piece := reader.read(PIECE):
        yield piece


def _chunks(reader: io.BufferedReader[Wire]) -> Iterator[bytes]:
    while True:
        line = reader.readline(4096)
        size = _CHUNK_SIZE.fullmatch(line)
        if size is None:
            if not line.endswith(b"\n"):
                raise Fault("cut: the last chunk did not come", transient=True)
            raise Fault("chunk size is not a number")
        left = int(size[1], 16)
        if left == 0:
            return  # the trailer that may follow is of no use to us
        yield from _counted(reader, left)
        if reader.readline(3) not in (b"\r\n", b"\n"):
            raise Fault("chunk longer or shorter than it says", transient=True)
