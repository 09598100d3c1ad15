"""Crawl many hosts at one request a second each: python -m benchmarks.crawl [--hosts N] [--seconds S]

Parsing and storing are part of it. Each host is an address of its own on loopback (127.0.1.1, 127.0.1.2, …), served
by a child process that answers after 100 ms with a page of the fixtures. A slot is missed where more than 1.5 s pass
between two requests of a host.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.archive import Archive
from newsarchive.configuration import FetchSettings
from newsarchive.crawler.run import Bounds, crawl
from newsarchive.models import Entry
from newsarchive.records import timestamp

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PAGE = Path(__file__).parent.parent / "fixtures" / "akhbar-alnahr.example" / "water-plant.html"
LATENCY = 0.1
SLOT = 1.5  # seconds between two requests of a host beyond which a slot was missed


async def _serve(hosts: list[str], pipe: Connection) -> None:
    page = PAGE.read_bytes()
    asked: dict[str, list[float]] = defaultdict(list)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        path = request.split(b" ", 2)[1]
        host = writer.get_extra_info("sockname")[0]
        if path != b"/robots.txt":
            asked[host].append(time.monotonic())
        await asyncio.sleep(LATENCY)
        body = b"" if path == b"/robots.txt" else page.replace(b"40", path.rpartition(b"/")[2])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
        writer.write(b"Content-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()

    first = await asyncio.start_server(answer, hosts[0], 0, backlog=512)
    port = first.sockets[0].getsockname()[1]
    others = [await asyncio.start_server(answer, host, port) for host in hosts[1:]]
    pipe.send(port)
    await asyncio.get_running_loop().run_in_executor(None, pipe.recv)
    for server in (first, *others):
        server.close()
    pipe.send(dict(asked))


def _server(hosts: list[str], pipe: Connection) -> None:
    asyncio.run(_serve(hosts, pipe))


def _fill(archive: Archive, hosts: list[str], port: int, articles: int) -> None:
    now = timestamp(datetime.now(UTC))
    for host in hosts:
        site = archive.crawling.add_site(host=host, url=f"http://{host}:{port}/", outlet=None)
        archive.crawling.add(
            Entry(url=f"http://{host}:{port}/news/{number}", kind="article", site_id=site.id, next_try_at=now)
            for number in range(articles)
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    hosts = [f"127.0.{1 + number // 250}.{1 + number % 250}" for number in range(options.hosts)]
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_server, args=(hosts, theirs), daemon=True)
    server.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "archive.db") as archive:
        _fill(archive, hosts, port, int(options.seconds) + 5)
        settings = FetchSettings(allow=("127.0.0.0/8",))
        cpu = time.process_time()
        summary = crawl(archive, settings, bounds=Bounds(seconds=options.seconds))
        cpu = time.process_time() - cpu
    ours.send("stop")
    asked = ours.recv()
    server.join()
    _report(asked, summary.seconds, cpu, summary.outcomes["stored"])


def _report(asked: dict[str, list[float]], seconds: float, cpu: float, stored: int) -> None:
    gaps = [later - earlier for times in asked.values() for earlier, later in pairwise(times)]
    missed = sum(gap > SLOT for gap in gaps)
    figures = {
        "hosts": f"{len(asked)}",
        "seconds": f"{seconds:.1f}",
        "requests/s": f"{sum(map(len, asked.values())) / seconds:.1f}",
        "stored": f"{stored}",
        "slots": f"{len(gaps)}",
        "missed": f"{missed}",
        "longest gap": f"{max(gaps, default=0):.2f}",
        "CPU ms/page": f"{1000 * cpu / max(stored, 1):.1f}",
    }
    print("".join(f"{name:>13}" for name in figures))
    print("".join(f"{figure:>13}" for figure in figures.values()))
    print("CPU is that of the crawling process; its two readers and the server are other processes.")


if __name__ == "__main__":
    main()
