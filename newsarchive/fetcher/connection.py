"""One exchange: a checked connection, a request, a strictly read answer. requests and urllib3 live here.

A transport adapter for requests that uses each connection once, so that bytes which a server sends too much can
never become the answer to another address. Knows nothing of redirects, tries or politeness.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import socket
import ssl
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self

import certifi
import requests
import urllib3
from requests.adapters import BaseAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import make_headers, parse_url

from newsarchive.errors import RuleError
from newsarchive.fetcher.addresses import resolve_within
from newsarchive.fetcher.faults import Fault
from newsarchive.fetcher.wire import PIECE, Wire, read_body, read_head, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from newsarchive.configuration import Limits
    from newsarchive.fetcher.addresses import AddressPolicy
    from newsarchive.fetcher.timing import Deadline
    from newsarchive.urls import Address


class Route(NamedTuple):
    """How to reach an address: by when, through what, and whether the host's certificate counts."""

    address: Address
    deadline: Deadline
    proxy: str | None = None
    insecure: bool = False

    @property
    def forwarded(self) -> bool:
        """Tell whether a proxy is given the whole address to ask for; it tunnels what is encrypted."""
        return self.proxy is not None and self.address.scheme == "http"


class RoutedRequest(requests.PreparedRequest):
    """A request that is ready to go, with its route; its address is sent exactly as it stands."""

    def __init__(self, route: Route, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.route = route
        self.method = "GET"
        self.url = route.address.url
        self.prepare_headers(headers)


class Answer:
    """An answer whose head has been read; `body` reads the rest, once."""

    def __init__(self, connection: _Plain, deadline: Deadline, limits: Limits) -> None:
        sock = connection.sock
        self.connection = connection
        self._wire = Wire(sock, deadline, read_timeout=limits.read, limit=limits.head)
        self._reader = io.BufferedReader(self._wire, PIECE)
        self.peer = connection.peer
        self.certificate = _fingerprint(sock)
        self.head = read_head(self._reader)

    def body(self, limit: int) -> Iterator[bytes]:
        """Yield the body with its framing undone; raise Fault past so many bytes on the wire."""
        self._wire.allow(limit)
        return read_body(self._reader, self.head, most=limit)


class CheckedAdapter(BaseAdapter):
    """Send requests over connections of their own, to checked addresses only."""

    def __init__(
        self,
        policy: AddressPolicy,
        limits: Limits,
        resolver: Callable[[str, int], Iterable[str]],
        authorities: Path | None = None,
    ) -> None:
        super().__init__()
        self._policy = policy
        self._limits = limits
        self._resolver = resolver
        self._context = _tls_context(authorities)
        self._unchecked_context = _unchecked_tls_context()
        self._open: set[_Plain] = set()
        self._lock = threading.Lock()
        self._aborted = threading.Event()

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> requests.Response:
        """Send a RoutedRequest; the response's `raw` is an Answer. Raise Fault whatever goes wrong."""
        if not isinstance(request, RoutedRequest):
            raise TypeError("only a RoutedRequest says where it may go")
        connection = self._connection(request.route)
        with self._lock:
            self._open.add(connection)
        try:
            answer = self._exchange(connection, request)
        except BaseException:
            self.release(connection)
            raise
        response = requests.Response()
        response.status_code, response.raw = answer.head.status, answer
        response.url, response.request = request.url or "", request
        return response

    def close(self) -> None:
        """Do nothing: no connection outlives its exchange."""

    def abort(self) -> None:
        """Cut all connections, open or in the making, so that whoever waits for one gets a Fault; make no more."""
        self._aborted.set()
        with self._lock:
            for connection in self._open:
                connection.cut()

    def release(self, connection: _Plain) -> None:
        """Close a connection whose exchange is at its end."""
        with self._lock:
            self._open.discard(connection)
            connection.close()

    def _exchange(self, connection: _Plain, request: RoutedRequest) -> Answer:
        route = request.route
        target = route.address.url if route.forwarded else route.address.target
        try:
            connection.request("GET", target, headers=dict(request.headers))
            return Answer(connection, route.deadline, self._limits)
        except ssl.SSLCertVerificationError as error:
            raise Fault(f"certificate not valid: {error.verify_message}") from error
        except (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError, ValueError) as error:
            raise Fault(f"no connection: {reason_of(error)}", transient=_is_transient(error)) from error

    def _connection(self, route: Route) -> _Plain:
        """Return a connection that is not open yet; through a proxy, https goes by a tunnel."""
        host, port = route.address.host, route.address.port
        make = _Plain if route.address.scheme == "http" else self._insecure if route.insecure else self._secure
        if route.proxy is None:
            return make(host, port).by(partial(self._dial, route, host, port))
        self._policy.check_literal(host, port)
        proxy = parse_url(route.proxy)
        gate = proxy.host or "", proxy.port or 80
        connection = make(*gate).by(partial(self._dial, route, *gate, checked=False))
        if route.address.scheme == "https":
            connection.set_tunnel(host, port, headers=proxy_headers(route.proxy))
        return connection

    def _secure(self, host: str, port: int) -> _Secure:
        return _Secure(host, port, ssl_context=self._context)

    def _insecure(self, host: str, port: int) -> _Secure:
        return _Secure(host, port, ssl_context=self._unchecked_context)

    def _dial(self, route: Route, host: str, port: int, connection: _Plain, *, checked: bool = True) -> socket.socket:
        """Connect to the first address of the host that is permitted and answers."""
        most = self._limits.connect
        addresses = resolve_within(self._resolver, host, port, route.deadline.within(most), self._aborted)
        if checked:
            addresses = self._policy.checked(host, port, addresses)
        failure = OSError("no address")
        for address in addresses:
            timeout = route.deadline.within(most)
            sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
            try:
                connection.hold(sock, address)
                if self._aborted.is_set():
                    raise OSError("stopped")
                sock.settimeout(timeout)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.connect((address, port))
                sock.settimeout(max(route.deadline.left(), 0.001))  # what follows may be a handshake
            except OSError as error:
                sock.close()
                failure = error
                continue
            return sock
        raise Fault(f"no connection: {reason_of(failure)}", transient=True, reached=False) from failure


def proxy_headers(proxy: str) -> dict[str, str]:
    """Return what tells the proxy who asks, from the user name and password in its address."""
    auth = parse_url(proxy).auth
    return make_headers(proxy_basic_auth=auth) if auth else {}


class _Plain(HTTPConnection):
    """A connection whose socket comes from elsewhere, and which another thread can cut at any time."""

    peer: str
    _handle: socket.socket | None = None

    def by(self, dial: Callable[[_Plain], socket.socket]) -> Self:
        """Let the socket come from `dial`."""
        self._dial = dial
        return self

    def hold(self, sock: socket.socket, peer: str) -> None:
        """Remember a socket that is about to be connected to a peer, for `cut`."""
        self._let_go()
        self._handle = sock.dup()  # a handshake moves the socket itself out of reach
        self.peer = peer

    def cut(self) -> None:
        """Break the connection in whatever state it is."""
        if self._handle is not None:
            with suppress(OSError):  # not connected any more
                self._handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection."""
        self._let_go()
        super().close()

    def _let_go(self) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    def _new_conn(self) -> socket.socket:
        return self._dial(self)


class _Secure(_Plain, HTTPSConnection):
    """The same over TLS."""


def _tls_context(authorities: Path | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(certifi.where())
    try:
        if authorities is not None:
            context.load_verify_locations(authorities)
    except OSError as error:  # ssl.SSLError is one
        raise RuleError(str(authorities), "cannot be read as certificates of authorities (PEM)") from error
    return context


def _unchecked_tls_context() -> ssl.SSLContext:
    """Return a context for hosts that the user named as insecure."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _fingerprint(sock: socket.socket) -> str | None:
    certificate = sock.getpeercert(binary_form=True) if isinstance(sock, ssl.SSLSocket) else None
    return hashlib.sha256(certificate).hexdigest() if certificate else None


def _is_transient(error: Exception) -> bool:
    """Say whether another try may do better: a broken connection may, a name or a TLS version does not."""
    return isinstance(error, OSError) and not isinstance(error, ssl.SSLError)
