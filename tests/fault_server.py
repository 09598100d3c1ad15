"""A server on loopback that does what it is told, however wrong: standard library only.

    with FaultServer() as server:
        server.on("/slow", [head("200 OK"), 0.2, b"<p>", HANG])
        fetch(server.url("/slow"))
        assert server.paths() == ["/slow"]

A script is an iterable of steps: bytes to send, seconds to wait, HANG until the client leaves, RESET the connection,
or an iterator of steps. At its end the connection is closed. Several scripts for one path answer its visits in turn,
the last one for ever. A script may be a function of the request. Nothing outlives the `with`.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self


class Act(Enum):
    """What a script does besides sending and waiting."""

    HANG = "keep the connection open and silent"
    RESET = "reset the connection"


HANG = Act.HANG
RESET = Act.RESET

Step = bytes | float | Act | Iterator["Step"]
Steps = Iterable[Step]


@dataclass(frozen=True)
class Request:
    """A request as it came, and when (time.monotonic)."""

    path: str
    headers: dict[str, str]
    at: float = field(compare=False)


Script = Steps | Callable[[Request], Steps]


class FaultServer:
    """Answer requests by script; `requests` holds all that came."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, certificate: Path | None = None) -> None:
        self._host = host
        self.port = port
        self._scripts: dict[str, list[Script]] = {}
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._tls: ssl.SSLContext | None = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate)
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._now = 0  # requests being answered; wrong after a script that ends early

    def __enter__(self) -> Self:
        self._listener = socket.create_server((self._host, self.port), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    @property
    def endpoint(self) -> str:
        """HOST:PORT, as `--allow` takes it."""
        return f"{self._host}:{self.port}"

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        """Return the address of a path, at another name of this server where one is given."""
        return f"{'http' if self._tls is None else 'https'}://{host or self._host}:{self.port}{path}"

    def on(self, path: str, *scripts: Script) -> None:
        """Answer a path by these scripts in turn; `*` stands for all paths without a script of their own."""
        self._scripts[path] = list(scripts)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.path for request in self.requests]

    def gaps(self) -> list[float]:
        """Return the seconds between each request and the one before it."""
        times = [request.at for request in self.requests]
        return [later - earlier for earlier, later in pairwise(times)]

    def _start(self, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.add(connection)
        try:
            connection.settimeout(20)
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            request = _read_request(connection)
            if request is not None:
                self._answer(connection, request)
        except OSError:
            pass  # the client has left, as it may
        finally:
            with self._lock:
                self._connections.discard(connection)
            connection.close()

    def _answer(self, connection: socket.socket, request: Request) -> None:
        with self._lock:
            path = request.path.partition("?")[0]
            visits = sum(earlier.path.partition("?")[0] == path for earlier in self.requests)
            self.requests.append(request)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        scripts = self._scripts.get(path) or self._scripts.get("*") or [page("", "404 Not Found")]
        script = scripts[min(visits, len(scripts) - 1)]
        steps = _flat(script(request) if callable(script) else script)
        step = next(steps, None)
        while step is not None:
            following = next(steps, None)
            if following is None:
                self._leave()  # before the last step, since the client may be off with it at once
            if not self._perform(connection, step):
                return
            step = following

    def _leave(self) -> None:
        with self._lock:
            self._now -= 1

    def _perform(self, connection: socket.socket, step: Step) -> bool:
        """Do one step; False ends the script."""
        if isinstance(step, bytes):
            connection.sendall(step)
        elif step is HANG:
            connection.settimeout(None)
            while connection.recv(4096):
                pass
        elif step is RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        elif isinstance(step, (int, float)):
            return not self._stop.wait(step)
        return True


def _flat(steps: Steps) -> Iterator[Step]:
    for step in steps:
        if isinstance(step, Iterator):
            yield from _flat(step)
        else:
            yield step


def _read_request(connection: socket.socket) -> Request | None:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece or len(received) > 1 << 20:
            return None
        received += piece
        if received[:1] == b"\x16":  # the greeting of TLS, to which a plain server answers in plain text
            connection.sendall(head("400 Bad Request"))
            return None
    first, *lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(path=first.split(" ")[1], headers=headers, at=time.monotonic())


# --- scripts ---


def head(status: str = "200 OK", *headers: str, kind: str = "text/html; charset=utf-8") -> bytes:
    """Return the head of an answer; `headers` are whole lines, taken as Latin-1."""
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *headers]
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1") + b"\r\n"


def page(
    body: str | bytes, status: str = "200 OK", *headers: str, kind: str = "text/html; charset=utf-8"
) -> list[Step]:
    """Return the script of a sound answer with a Content-Length."""
    content = body.encode() if isinstance(body, str) else body
    return [head(status, *headers, f"Content-Length: {len(content)}", kind=kind) + content]


def redirect(location: str | bytes, status: str = "302 Found", *headers: str) -> list[Step]:
    """Return the script of a redirect; the location is sent as the bytes it is."""
    raw = location.decode("latin-1") if isinstance(location, bytes) else location.encode().decode("latin-1")
    return page("moved", status, f"Location: {raw}", *headers)


def drip(content: bytes, seconds: float) -> Iterator[Step]:
    """Yield the content byte by byte, so many seconds apart."""
    for byte in content:
        yield bytes([byte])
        yield seconds


def endless(piece: bytes) -> Iterator[Step]:
    """Yield a piece for ever, until the client leaves."""
    while True:
        yield piece


def chunk(content: bytes) -> bytes:
    """Return one chunk of a chunked body; an empty one is the last."""
    return b"%x\r\n%b\r\n" % (len(content), content)


def bomb(size: int, *, layers: int = 1) -> bytes:
    """Return gzip that inflates to so many zero bytes, packed so many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    block = bytes(1 << 20)
    packed = b"".join([packer.compress(block) for _ in range(size >> 20)]) + packer.flush()
    for _ in range(layers - 1):
        packed = gzip.compress(packed)
    return packed
