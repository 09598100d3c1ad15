"""What a user may set, with the limits of the fetcher; and the strict reading of the configuration file.

Typed values only: nothing is fetched, no archive is opened. An option of a command counts more than the
environment, the environment more than the file, the file more than the defaults that stand here.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsarchive.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MIB = 1 << 20
DAY = 24 * 3600.0
LARGEST_FILE = 64 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Bounds of fetching; times in seconds, sizes in bytes."""

    connect: float = 10
    read: float = 20
    total: float = 60
    robots_total: float = 15
    head: int = 256 * 1024
    wire: int = 10 * MIB
    decoded: int = 10 * MIB
    feed: int = 50 * MIB
    robots: int = 500 * 1024  # RFC 9309, 2.5 asks for at least this much
    error_body: int = MIB
    redirects: int = 10
    robots_redirects: int = 5
    refreshes: int = 2
    tries: int = 3
    back_off: tuple[float, ...] = (2, 8)
    longest_pause: float = 7 * DAY
    full_fetch_every: float = 30 * DAY
    robots_kept: float = DAY
    longest_delay: float = 60
    failures_in_a_row: int = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchSettings:
    """How to fetch.

    `allow` opens the address policy by name: `HOST:PORT`, or addresses as a CIDR. `insecure` names hosts whose
    certificates are not checked, `ignore_robots` hosts whose robots.txt is not asked. `delay` is the least time
    between two requests to one host, `delays` the same for single hosts. `trust_environment` lets HTTP_PROXY,
    NO_PROXY and REQUESTS_CA_BUNDLE count. `authorities` is a file of further certificate authorities, `cookies`
    one of cookies in the format of Netscape. `archive` is the base address of a Wayback Machine.
    """

    contact: str | None = None
    user_agent: str | None = None
    allow: tuple[str, ...] = ()
    insecure: tuple[str, ...] = ()
    ignore_robots: tuple[str, ...] = ()
    proxy: str | None = None
    trust_environment: bool = False
    authorities: Path | None = None
    cookies: Path | None = None
    delay: float = 1
    delays: tuple[tuple[str, float], ...] = ()
    archive: str = "https://web.archive.org"
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One setting as people read it: its key, its value without passwords, and where the value comes from."""

    key: str
    value: str
    origin: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Configuration:
    """All settings together; `origins` says where a value comes from that is not the default."""

    path: Path
    database: Path | None = None
    fetch: FetchSettings = field(default_factory=FetchSettings)
    revisits: tuple[timedelta, ...] | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    def describe(self) -> list[Setting]:
        """Return every setting for people to read."""
        values: dict[str, object] = {"database": self.database, "crawl.revisits": self.revisits}
        values |= {key: getattr(self.fetch, key.partition(".")[2]) for key in _CHECKS if key.startswith("fetch.")}
        for host in self.fetch.ignore_robots:
            values[f'sites."{host}".robots'] = False
        for host, delay in self.fetch.delays:
            values[f'sites."{host}".delay'] = delay
        return [
            Setting(key=key, value=_printable(value), origin=self.origins.get(key, "default"))
            for key, value in values.items()
        ]


def default_path(environment: Mapping[str, str] | None = None) -> Path:
    """Return where the configuration file lies: NEWSARCHIVE_CONFIG, or the user's configuration folder."""
    named = (os.environ if environment is None else environment).get("NEWSARCHIVE_CONFIG")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("newsarchive") / "config.toml"


def load(
    path: Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    options: Mapping[str, object] | None = None,
) -> Configuration:
    """Read the configuration: options over environment over file over defaults.

    `options` has the keys of the file (`database`, `fetch.contact` …); None and () count as not given. Raises
    RuleError with file and line, variable or option for anything unknown or unfit. Only a file that is not named
    may be missing.
    """
    environment = os.environ if environment is None else environment
    file = default_path(environment) if path is None else path
    found: dict[str, tuple[Any, str]] = {}
    if path is not None or environment.get("NEWSARCHIVE_CONFIG") or file.exists():
        found.update(_from_file(file))
    found.update(_from_environment(environment))
    for key, value in (options or {}).items():
        if value is not None and value != ():
            found[key] = (_checked(key, value, f"option {key}"), "option")
    return Configuration(
        path=file,
        database=found["database"][0] if "database" in found else None,
        fetch=_fetch_settings({key: value for key, (value, _) in found.items()}),
        revisits=found["crawl.revisits"][0] if "crawl.revisits" in found else None,
        origins={key: origin for key, (_, origin) in found.items()},
    )


def _fetch_settings(values: Mapping[str, Any]) -> FetchSettings:
    named = {key.removeprefix("fetch."): value for key, value in values.items() if key.startswith("fetch.")}
    sites = [(_SITE_KEY.fullmatch(key), value) for key, value in values.items()]
    of_sites = [(match[1], match[2], value) for match, value in sites if match]
    settings = FetchSettings(**named)
    return replace(
        settings,
        ignore_robots=tuple(host for host, key, value in of_sites if key == "robots" and not value),
        delays=tuple((host, value) for host, key, value in of_sites if key == "delay"),
        insecure=(*settings.insecure, *(host for host, key, value in of_sites if key == "insecure" and value)),
    )


# --- what a value must be: each function returns the value as it is used, or raises ValueError with what is wanted ---


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip() and value.isprintable():
        return value.strip()
    raise ValueError("a text of one line")


def _path(value: object) -> Path:
    if isinstance(value, (str, Path)) and str(value):
        return Path(value).expanduser()
    raise ValueError("a path")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("true or false")


def _seconds(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= DAY:
        return float(value)
    raise ValueError("a number of seconds, at most a day")


def _web_address(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", value):
        return value
    raise ValueError("an address that begins with http:// or https://")


def _proxy(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"http://[^\s/?#]+/?", value):
        return value
    raise ValueError("http://HOST:PORT, with USER:PASSWORD@ before it where the proxy asks for them")


def _texts(pattern: str, wanted: str) -> Callable[[object], tuple[str, ...]]:
    def check(value: object) -> tuple[str, ...]:
        if isinstance(value, (list, tuple)) and all(isinstance(v, str) and re.fullmatch(pattern, v) for v in value):
            return tuple(value)
        raise ValueError(wanted)

    return check


def _durations(value: object) -> tuple[timedelta, ...]:
    if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
        found = [_DURATION.fullmatch(text) for text in value]
        if found and all(found):
            return tuple(int(match[1]) * _UNITS[match[2]] for match in found if match)
    raise ValueError('a list of delays such as ["2h", "3d", "4w"]')


_DURATION = re.compile("([0-9]{1,3})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_CHECKS: dict[str, Callable[[object], object]] = {
    "database": _path,
    "crawl.revisits": _durations,
    "fetch.contact": _text,
    "fetch.user_agent": _text,
    "fetch.allow": _texts(r"[^\s/]+:[0-9]{1,5}|[0-9A-Fa-f.:]+/[0-9]{1,3}", "a list of HOST:PORT or networks (CIDR)"),
    "fetch.insecure": _texts(r"[^\s/:]+", "a list of host names"),
    "fetch.proxy": _proxy,
    "fetch.trust_environment": _flag,
    "fetch.authorities": _path,
    "fetch.cookies": _path,
    "fetch.delay": _seconds,
    "fetch.archive": _web_address,
}
_SITE_CHECKS: dict[str, Callable[[object], object]] = {"robots": _flag, "delay": _seconds, "insecure": _flag}
_SITE_KEY = re.compile(r'sites\."([^"]+)"\.(\w+)')
_VARIABLES = {"NEWSARCHIVE_DB": "database"} | {
    f"NEWSARCHIVE_{key.removeprefix('fetch.').upper()}": key for key in _CHECKS if key.startswith("fetch.")
}


def _checked(key: str, value: object, subject: str) -> Any:
    """Return a value as it is used; raise RuleError for an unknown key or an unfit value."""
    site = _SITE_KEY.fullmatch(key)
    check = _SITE_CHECKS.get(site[2]) if site else _CHECKS.get(key)
    if check is None:
        known = _SITE_CHECKS if site else _CHECKS
        raise RuleError(subject, f"unknown key {key}; known are {', '.join(known)}")
    try:
        return check(value)
    except ValueError as error:
        raise RuleError(subject, f"{key} must be {error}") from error


# --- where values come from ---


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, tuple[Any, str]]]:
    for variable, key in _VARIABLES.items():
        if text := environment.get(variable):
            yield key, (_checked(key, _from_text(key, text), variable), variable)


def _from_text(key: str, text: str) -> object:
    """Return the text of an environment variable as the file would have it."""
    if isinstance(getattr(FetchSettings(), key.removeprefix("fetch."), None), tuple):
        return text.replace(",", " ").split()
    if _CHECKS[key] is _flag:
        return {"1": True, "true": True, "0": False, "false": False}.get(text.lower(), text)
    try:
        return float(text) if _CHECKS[key] is _seconds else text
    except ValueError:
        return text


def _from_file(path: Path) -> Iterator[tuple[str, tuple[Any, str]]]:
    text = _read(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", place)
        raise RuleError(f"{path}:{line[1] if line else max(1, len(text.splitlines()))}", message) from error
    for keys, value in _leaves(document):
        if value == {} and keys[0] in ("fetch", "sites") and len(keys) <= 2:
            continue  # a table whose keys are all commented out
        key = _dotted(keys)
        place = f"{path}:{_line_of(text, keys)}"
        yield key, (_checked(key, value, place), place)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RuleError(str(path), "too large for a configuration file")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RuleError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(str(path), "is not UTF-8") from error


def _leaves(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the way to each value that is no table, and to each empty table."""
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value


def _dotted(keys: tuple[str, ...]) -> str:
    if keys[0] == "sites" and len(keys) == 3:
        return f'sites."{keys[1]}".{keys[2]}'
    return ".".join(keys)


def _line_of(text: str, keys: tuple[str, ...]) -> int:
    """Return the line on which a key stands.

    tomllib tells no places, so it is asked for ever more of the file: the key begins after the last part that could
    be read without it.
    """
    lines = text.splitlines(keepends=True)
    last_sound = 0
    for count in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        if keys in dict(_leaves(document)):
            break
        last_sound = count
    return last_sound + 1


def _printable(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(map(_printable, value))
    if isinstance(value, timedelta):
        return f"{value // timedelta(hours=1)}h"
    if isinstance(value, bool):
        return "true" if value else "false"
    return re.sub(r"//[^/@\s]*@", "//", str(value))
