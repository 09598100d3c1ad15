"""Site rules: how the pages of one site are read, as data. Loads, checks and chooses rules; knows no HTML.

A rule is one TOML file. Shipped ones lie beside this module, the user's own in `<config folder>/sites/` and win.

    hosts = ["example.org"]            # each stands for the hosts below it as well
    paths = ["/news/"]                 # optional: only addresses whose path begins so
    timezone = "Asia/Damascus"         # optional: of times that state no zone

    [select]                           # XPath, or a list of them in order: the first that matches wins
    headline = "//h1[@class='t']"
    remove = ["//div[@id='promo']"]    # taken out before the page is read
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from newsarchive import urls
from newsarchive.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FIELDS = (
    "headline", "subtitle", "body", "authors", "source", "published", "modified", "section", "tags", "related",
    "images", "remove",
)  # fmt: skip
_KEYS = ("hosts", "paths", "timezone", "select")


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A rule: for which addresses it stands, and the XPath expressions of each field in order."""

    name: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...] = ()
    timezone: str | None = None
    select: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""

    def covers(self, address: urls.Address) -> bool:
        """Say whether the rule stands for an address."""
        return self._host_of(address) is not None and (not self.paths or address.path.startswith(self.paths))

    def rank(self, address: urls.Address) -> tuple[int, int]:
        """Return how closely the rule names an address; the greater wins."""
        host = self._host_of(address) or ""
        return len(host), max((len(path) for path in self.paths if address.path.startswith(path)), default=0)

    def _host_of(self, address: urls.Address) -> str | None:
        host = address.host.removeprefix("www.")
        return next((name for name in self.hosts if host == name or host.endswith(f".{name}")), None)


def site_for(url: str, *, folder: Path | None = None) -> Site | None:
    """Return the rule for an address: the user's own in `folder` first, then the shipped ones; None without one."""
    address = urls.split(url)
    if address is None:
        return None
    for sites in (user_sites(folder) if folder else (), shipped_sites()):
        fitting = [site for site in sites if site.covers(address)]
        if fitting:
            return max(fitting, key=lambda site: site.rank(address))
    return None


@cache
def shipped_sites() -> tuple[Site, ...]:
    """Return the rules that come with the package."""
    found = [entry for entry in files(__name__).iterdir() if entry.name.endswith(".toml")]
    return tuple(
        load_site(entry.read_text("utf-8"), file=entry.name) for entry in sorted(found, key=lambda entry: entry.name)
    )


@cache
def user_sites(folder: Path) -> tuple[Site, ...]:
    """Return the rules in a folder, read once; one that is wrong raises RuleError with file and key."""
    sites = []
    for path in sorted(folder.glob("*.toml")):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RuleError(str(path), f"not readable: {error}") from error
        sites.append(load_site(text, file=str(path)))
    return tuple(sites)


def load_site(text: str, *, file: str) -> Site:
    """Return the rule that a TOML text holds. Raises RuleError with file and key for what is not of its form."""
    try:
        rule = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(file, f"not TOML: {error}") from error
    _refuse_unknown(rule, _KEYS, file, "")
    timezone = rule.get("timezone")
    if timezone is not None and not _is_zone(timezone):
        raise RuleError(f"{file}: timezone", "not the name of a time zone, as Asia/Damascus")
    select = rule.get("select", {})
    if not isinstance(select, dict):
        raise RuleError(f"{file}: select", "a table of fields is expected")
    _refuse_unknown(select, FIELDS, file, "select.")
    return Site(
        name=file.rpartition("/")[2].removesuffix(".toml"),
        hosts=_hosts(rule, file),
        paths=_strings(rule.get("paths", []), f"{file}: paths"),
        timezone=timezone,
        select={name: _strings(value, f"{file}: select.{name}") for name, value in select.items()},
        file=file,
    )


def _is_zone(name: object) -> bool:
    try:
        return isinstance(name, str) and ZoneInfo(name) is not None
    except (LookupError, ValueError, OSError):
        return False


def _refuse_unknown(table: Mapping[str, Any], known: Iterable[str], file: str, prefix: str) -> None:
    for key in table:
        if key not in known:
            raise RuleError(f"{file}: {prefix}{key}", f"unknown key; known are {', '.join(known)}")


def _hosts(rule: Mapping[str, Any], file: str) -> tuple[str, ...]:
    hosts = _strings(rule.get("hosts", []), f"{file}: hosts")
    if not hosts:
        raise RuleError(f"{file}: hosts", "at least one host is required")
    for host in hosts:
        address = urls.split(f"https://{host}/")
        if address is None or address.host != host or host.startswith("www."):
            raise RuleError(f"{file}: hosts", f"{host!r} is no host: lower case, without scheme, path and www.")
    return hosts


def _strings(value: Any, subject: str) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) and each.strip() for each in values):
        raise RuleError(subject, "a string or a list of strings is expected")
    return tuple(values)
