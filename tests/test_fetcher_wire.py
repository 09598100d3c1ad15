"""Any bytes at all on the wire: a whole answer or a Fault, nothing else; codings undone by the piece."""

from __future__ import annotations

import gzip
import io
import zlib
from contextlib import suppress
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.fetcher.decoding import collected, decoded
from newsarchive.fetcher.faults import Fault
from newsarchive.fetcher.timing import Deadline
from newsarchive.fetcher.wire import Wire, read_body, read_head
from tests.fetching import FakeClock


class Bytes:
    """A socket that gives these bytes, so many at once, and then its end."""

    def __init__(self, data: bytes, at_once: int) -> None:
        self._data = io.BytesIO(data)
        self._at_once = at_once

    def settimeout(self, seconds: float) -> None:
        assert seconds > 0

    def recv_into(self, buffer: memoryview) -> int:
        piece = self._data.read(min(self._at_once, len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece)


def read(data: bytes, at_once: int = 4096) -> tuple[int, bytes]:
    wire = Wire(cast(Any, Bytes(data, at_once)), Deadline(FakeClock(), 60), read_timeout=20, limit=1 << 20)
    reader = io.BufferedReader(wire)
    head = read_head(reader)
    return head.status, b"".join(read_body(reader, head, most=1 << 20))


FRAGMENTS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.0 404\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: x\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b" folded\r\n",
        b"\r\n",
        b"\n",
        b"5\r\nabcde\r\n",
        b"0\r\n\r\n",
        b"\0\xff:",
        b":",
    ]
)


@given(st.lists(FRAGMENTS | st.binary(max_size=20)).map(b"".join), st.integers(1, 50))
def test_any_bytes_are_an_answer_or_a_fault(data: bytes, at_once: int) -> None:
    with suppress(Fault):
        status, body = read(data, at_once)
        assert 0 <= status <= 999
        assert len(body) <= len(data)


@given(st.binary(max_size=300), st.lists(st.integers(1, 50), max_size=20), st.integers(1, 50))
def test_a_chunked_body_is_the_same_however_it_is_cut(content: bytes, sizes: list[int], at_once: int) -> None:
    chunks, rest = b"", content
    for size in [*sizes, len(content)]:
        piece, rest = rest[:size], rest[size:]
        chunks += b"%x\r\n%b\r\n" % (len(piece), piece) if piece else b""
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"
    assert read(answer, at_once) == (200, content)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


@given(st.binary(max_size=2000), st.integers(1, 500))
def test_every_coding_is_undone_however_it_is_cut(content: bytes, size: int) -> None:
    raw = zlib.compressobj(wbits=-15)
    forms = {
        "gzip": gzip.compress(content),
        "deflate": zlib.compress(content),
    }
    for coding, data in forms.items():
        assert collected(decoded(cut(data, size), [coding]), 10_000) == content
    assert collected(decoded(cut(gzip.compress(forms["gzip"]), size), ["gzip", "gzip"]), 10_000) == content
    packed = raw.compress(content) + raw.flush()
    assert collected(decoded(cut(packed, size), ["deflate"]), 10_000) == content


@pytest.mark.parametrize("length", [65535, 65536, 65537, 131072, 1 << 20])
@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw"])
def test_what_fills_the_buffer_exactly_comes_whole(length: int, coding: str) -> None:
    content = b"a" * length
    packer = zlib.compressobj(wbits={"gzip": 31, "deflate": 15, "raw": -15}[coding])
    data = packer.compress(content) + packer.flush()
    assert collected(decoded([data], ["gzip" if coding == "gzip" else "deflate"]), 1 << 21) == content


@given(st.binary(min_size=1, max_size=500), st.integers(0, 1000), st.sampled_from(["gzip", "deflate"]))
def test_no_prefix_of_a_coded_body_is_taken_for_the_whole(content: bytes, end: int, coding: str) -> None:
    data = gzip.compress(content) if coding == "gzip" else zlib.compress(content)
    with pytest.raises(Fault):
        collected(decoded([data[: end % len(data)]], [coding]), 10_000)


@given(st.binary(max_size=200), st.sampled_from([["gzip"], ["deflate"], ["gzip", "deflate"]]))
def test_any_bytes_are_decoded_or_a_fault(data: bytes, codings: list[str]) -> None:
    with suppress(Fault):
        assert len(collected(decoded([data], codings), 10_000)) <= 10_000
