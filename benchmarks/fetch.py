"""CPU time a fetched page, beside bare urllib3 and requests: python -m benchmarks.fetch [--pages N] [--threads N]

Pages of 146 kB from a child process on loopback that answers after 100 ms, many threads, a host for each thread. The
contestants take turns within one run; the CPU time is that of this process, the server's not counted. Exits 1 where the
Fetcher takes more than twice the CPU time of bare urllib3.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import multiprocessing
import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import requests
import urllib3

from newsarchive.configuration import FetchSettings
from newsarchive.fetcher import Fetcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

LATENCY = 0.1
SIZE = 146_000
ALLOWED = 2.0


def _page() -> bytes:
    """Return a page that packs as news pages do, about five to one."""
    words = ["خبر", "مدينة", "وزير", "اليوم", "<p>", "</p>", '<a href="/news/', "class=", "تقرير", "بيان"]
    chance = random.Random(7)  # the same page in every run
    text = " ".join(chance.choice(words) + str(chance.randrange(100)) for _ in range(SIZE // 9))
    return text.encode()[:SIZE]


async def _serve(pipe: Connection) -> None:
    plain = _page()
    packed = gzip.compress(plain)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await _request(reader):
            await asyncio.sleep(LATENCY)
            gzipped = request.startswith(b"GET /gzip")
            body = packed if gzipped else plain
            coding = b"Content-Encoding: gzip\r\n" if gzipped else b""
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n%b\r\n"
            writer.write(head % (len(body), coding) + body)
            await writer.drain()
            if b"connection: close" in request.lower():
                break
        writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=512)  # all of 127/8
    pipe.send(server.sockets[0].getsockname()[1])
    await asyncio.get_running_loop().run_in_executor(None, pipe.recv)


async def _request(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionResetError):
        return b""


def _child(pipe: Connection) -> None:
    asyncio.run(_serve(pipe))


def _measure(get: Callable[[str], bytes], urls: list[list[str]], length: int) -> tuple[float, float]:
    """Return CPU milliseconds a page and pages a second, every list of addresses in a thread of its own."""

    def run(addresses: list[str]) -> None:
        for url in addresses:
            if len(get(url)) != length:
                raise AssertionError(f"{url}: not the whole page")

    wall, cpu = time.monotonic(), time.process_time()
    with ThreadPoolExecutor(len(urls)) as pool:
        list(pool.map(run, urls))
    count = sum(map(len, urls))
    return (time.process_time() - cpu) / count * 1000, count / (time.monotonic() - wall)


def _contestants(fetcher: Fetcher, session: requests.Session) -> dict[str, Callable[[str], bytes]]:
    kept = urllib3.PoolManager(num_pools=200, maxsize=4)
    packed = {"Accept-Encoding": "gzip, deflate"}
    return {
        "urllib3, connections kept": lambda url: kept.request("GET", url, headers=packed).data,
        "urllib3, one connection each": lambda url: (
            kept.request("GET", url, headers={**packed, "Connection": "close"}).data
        ),
        "requests, one session": lambda url: session.get(url, timeout=30).content,
        "newsarchive Fetcher": lambda url: fetcher.fetch(url).content,
    }


def _report(name: str, results: dict[str, list[tuple[float, float]]]) -> float:
    """Print a table; return the Fetcher's share of the cheapest urllib3."""
    cpu = {who: statistics.median(one[0] for one in measured) for who, measured in results.items()}
    base = min(value for who, value in cpu.items() if who.startswith("urllib3"))
    print(f"\n{name:<32} {'CPU ms/page':>12} {'pages/s':>9} {'ratio':>7}")
    for who, measured in results.items():
        print(f"{who:<32} {cpu[who]:>12.2f} {max(one[1] for one in measured):>9.0f} {cpu[who] / base:>7.2f}")
    return cpu["newsarchive Fetcher"] / base


def main() -> int:
    """Run the contestants in turn and print what they took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=640, help="pages for each contestant and round")
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    pipe, other = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_child, args=(other,), daemon=True)
    child.start()
    try:
        return _run(pipe.recv(), options)
    finally:
        pipe.send("done")
        child.join(5)


def _run(port: int, options: argparse.Namespace) -> int:
    settings = FetchSettings(allow=("127.0.0.0/8",), delay=0)
    worst = 0.0
    with Fetcher(settings) as fetcher, closing(requests.Session()) as session:
        contestants = _contestants(fetcher, session)
        for form in ("plain", "gzip"):
            results: dict[str, list[tuple[float, float]]] = {who: [] for who in contestants}
            urls = [
                [f"http://127.0.1.{thread + 1}:{port}/{form}"] * (options.pages // options.threads)
                for thread in range(options.threads)
            ]
            for _ in range(options.rounds):
                for who, get in contestants.items():
                    results[who].append(_measure(get, urls, SIZE))
            worst = max(worst, _report(f"{form}, {SIZE // 1000} kB, {options.threads} threads", results))
    print(f"\nthe Fetcher takes at most {worst:.2f} times the CPU of bare urllib3; allowed are {ALLOWED:g}")
    return int(worst > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
