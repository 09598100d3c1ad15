"""Bombs and endless bodies: measured in processes of their own, against the peak of memory. Cases 8 and 9."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.fault_server import FaultServer, Step, bomb, chunk, endless, head

ALLOWED_MIB = 200

# Fetches each address given, and prints for each the error, and at the end the peak of memory in MiB and the CPU time.
CHILD = """
import resource, sys, time
from pathlib import Path
from newsarchive.errors import FetchError
from newsarchive.fetcher import Fetcher, FetchSettings, Limits

endpoint, *urls = sys.argv[1:]
with Fetcher(FetchSettings(allow=(endpoint,), delay=0, limits=Limits(back_off=(0.01,)))) as fetch:
    for url in urls:
        started = time.process_time()
        try:
            print("a page of", len(fetch.fetch(url).content))
        except FetchError as error:
            print(error.reason)
        assert time.process_time() - started < 5, url
if sys.platform == "linux":  # where ru_maxrss begins with the memory of the process that started this one
    status = Path("/proc/self/status").read_text()
    print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024))
"""

# As urllib3 and requests would have to be given them: 512 MiB of zeros, 211 bytes of brotli, a zstd frame.
GZIP_BOMB = bomb(512 << 20)
BOMBS = {
    "gzip": GZIP_BOMB,
    "gzip, gzip": bomb(512 << 20, layers=2),
    "deflate": GZIP_BOMB[10:-8],
    "x-gzip": gzip.compress(b"") * 500_000,  # 10 MB of empty members
    "br": b"\xcf\xff\xff\x7f\xf8" + bytes(206),
    "zstd": b"\x28\xb5\x2f\xfd\xa4" + b"\xff\xff\xff\xff" + bytes(100),
}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


def run(server: FaultServer, *paths: str) -> tuple[list[str], int]:
    """Fetch the paths in a child; return what it said of each, and its peak of memory in MiB."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD, server.endpoint, *map(server.url, paths)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    *said, peak = child.stdout.splitlines()
    return said, int(peak)


def test_no_bomb_under_any_status_takes_more_than_200_mib(server: FaultServer) -> None:
    statuses = ["200 OK", "302 Found", "404 Not Found", "503 Busy"]
    paths: list[str] = []
    for coding, body in BOMBS.items():
        for status in statuses:
            path = f"/{len(paths)}"
            location = ["Location: /end"] if status.startswith("302") else []
            lines = [f"Content-Encoding: {coding}", f"Content-Length: {len(body)}", *location]
            server.on(path, [head(status, *lines), body])
            paths.append(path)
    server.on("/end", [head("404 Not Found", "Content-Length: 0")])
    said, peak = run(server, *paths)
    reasons = dict(zip(paths, said, strict=True))
    for number, path in enumerate(paths):
        status = statuses[number % len(statuses)]
        if status == "200 OK":
            assert (
                reasons[path] == "a page of 0"
                or "too large: more than 10 MiB" in reasons[path]
                or "was not asked for" in reasons[path]
            )
        else:
            assert "HTTP" in reasons[path]
    assert peak <= ALLOWED_MIB


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([head(), endless(b"x" * 65536)], id="until the connection closes"),
        pytest.param([head("200 OK", "Transfer-Encoding: chunked"), endless(chunk(b"x" * 65536))], id="chunked"),
        pytest.param([head("200 OK", "Transfer-Encoding: chunked"), endless(chunk(b"x") * 9999)], id="tiny chunks"),
        pytest.param([b"HTTP/1.1 200 OK\r\n", endless(b"X: " + b"x" * 60000 + b"\r\n")], id="headers"),
        pytest.param([head("302 Found", "Location: /end"), endless(b"x" * 65536)], id="redirect"),
        pytest.param([head("404 Not Found"), endless(b"x" * 65536)], id="error"),
        pytest.param([head("503 Busy"), endless(b"x" * 65536)], id="busy"),
    ],
)
def test_no_endless_answer_takes_more_than_200_mib(server: FaultServer, script: list[Step]) -> None:
    server.on("/a", script)
    _, peak = run(server, "/a")
    assert peak <= ALLOWED_MIB
