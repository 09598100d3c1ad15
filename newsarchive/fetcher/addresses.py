"""Which addresses may be connected to. Decisions, and the one place where names become addresses.

An address is checked in the form in which it goes to connect(), after the name was resolved, so neither a
spelling of an address nor a name whose answer changes can lead elsewhere. Nothing here opens a connection.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.errors import RuleError
from newsarchive.fetcher.faults import Fault, Refusal
from newsarchive.urls import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsarchive.urls import Address

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = frozenset({80, 443, 8080, 8443})
_SLICE = 0.25  # seconds between two looks at whether waiting is still wanted
MOST_ADDRESSES = 4  # tried for one name

# The special-purpose registries of IANA, spelled out because `is_global` differs between Python releases.
_FORBIDDEN = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # all other IPv6 is mapped, NAT64, local or unassigned
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class AddressPolicy:
    """Say which hosts, ports and addresses may be asked; `allow` makes exceptions by name."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._endpoints: set[tuple[str, int]] = set()
        self._named: set[tuple[str, int]] = set()
        self._networks: list[Network] = []
        for entry in allow:
            exception = parse_exception(entry)
            if isinstance(exception, Endpoint):
                self._endpoints.add(exception)
            else:
                self._networks.append(exception)

    def name(self, host: str, port: int) -> None:
        """Take a port of a host as named by a person; its addresses are checked as ever."""
        self._named.add((host, port))

    def check_port(self, address: Address) -> None:
        """Raise Refusal if the port is neither usual, nor named by a person, nor allowed."""
        endpoint = (address.host, address.port)
        if address.port in PORTS or endpoint in self._named or endpoint in self._endpoints:
            return
        raise Refusal(f"port {address.port} is not one of the web's; --allow {address.netloc} opens it")

    def checked(self, host: str, port: int, addresses: Iterable[str]) -> list[str]:
        """Return the addresses of a host that may be connected to; raise Refusal if there is none."""
        found = list(addresses)
        if (host, port) in self._endpoints:
            return found[:MOST_ADDRESSES]
        permitted = [address for address in found if self._permits(address)]
        if not permitted:
            where = ", ".join(found[:MOST_ADDRESSES])
            raise Refusal(f"{where} is no public address; --allow {host}:{port} opens it" if found else "no address")
        return permitted[:MOST_ADDRESSES]

    def check_literal(self, host: str, port: int) -> None:
        """Raise Refusal for a host that is itself a forbidden address; names are left to whoever resolves them."""
        try:
            spelled = str(ipaddress.ip_address(host))
        except ValueError:
            try:
                spelled = socket.inet_ntoa(socket.inet_aton(host))
            except OSError:
                return
        self.checked(host, port, [spelled])

    def _permits(self, text: str) -> bool:
        address = ipaddress.ip_address(text.partition("%")[0])
        if any(address.version == network.version and address in network for network in self._networks):
            embedded = _embedded(address)
            return embedded is None or is_public(embedded)
        return is_public(address) and "%" not in text


class Endpoint(NamedTuple):
    """A host and a port that may be asked wherever they lead."""

    host: str
    port: int


def parse_exception(text: str) -> Endpoint | Network:
    """Read an exception to the address policy: HOST:PORT, or a network as a CIDR."""
    if "/" in text:
        try:
            return ipaddress.ip_network(text.strip(), strict=False)
        except ValueError as error:
            raise RuleError(text, "not a network; write it as 192.168.0.0/16") from error
    address = split(f"http://{text.strip()}/")
    if address is None or not text.strip().removesuffix("]").rpartition(":")[2].isdigit() or text.endswith("]"):
        raise RuleError(text, "not HOST:PORT, and not a network such as 192.168.0.0/16")
    return Endpoint(address.host, address.port)


def is_public(address: IPAddress) -> bool:
    """Say whether an address is one of the public internet, and no wrapping of another address."""
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return not any(address.version == network.version and address in network for network in _FORBIDDEN)


def _embedded(address: IPAddress) -> IPAddress | None:
    """Return the IPv4 address inside a NAT64 one, which a network without IPv4 may be allowed to use."""
    if isinstance(address, ipaddress.IPv6Address) and address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them, numeric, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_within(
    resolver: Callable[[str, int], Iterable[str]],
    host: str,
    port: int,
    seconds: float,
    aborted: threading.Event,
) -> list[str]:
    """Return the addresses of a host; raise Fault where there are none or they do not come in time.

    The system's resolver cannot be interrupted, so it runs in a thread of its own that may be left behind.
    """
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    result: list[list[str] | Exception] = []

    def ask() -> None:
        try:
            result.append(list(resolver(host, port)))
        except (OSError, UnicodeError) as error:
            result.append(error)

    thread = threading.Thread(target=ask, name=f"resolve {host}", daemon=True)
    thread.start()
    left = seconds
    while thread.is_alive() and left > 0 and not aborted.is_set():
        thread.join(min(left, _SLICE))
        left -= _SLICE
    if not result:
        raise Fault(f"no answer to the question for {host}'s address", transient=True, reached=False)
    if isinstance(result[0], list):
        return result[0]
    again = isinstance(result[0], socket.gaierror) and result[0].errno == socket.EAI_AGAIN
    raise Fault(f"host name {host} not found", transient=again, reached=False) from result[0]
