"""What is known beforehand: agencies, outlets and the words of credit lines, read from the TOML files beside this.

Pure and cached: each file is read once, when it is first asked for. What the fields mean stands at the head of each
file. Nothing here judges a text or looks at a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

MonthFamily = Literal["gulf", "levant", "maghreb-tunisia", "maghreb-morocco"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """A news agency or broadcaster that is credited, by its canonical name, with its spellings as printed."""

    name: str
    latin: str
    country: str | None = None
    spellings: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()

    @property
    def unambiguous(self) -> tuple[str, ...]:
        """Return every form that names this agency wherever it stands."""
        forms = (self.name, self.latin, *self.spellings)
        return tuple(form for form in forms if form not in self.ambiguous)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """An Arab outlet or an Arabic service from abroad: its names, where it is served and how it dates."""

    name: str
    latin: str
    home: str
    hosts: tuple[str, ...]
    names: tuple[str, ...] = ()
    country: str | None = None
    timezone: str | None = None
    months: MonthFamily | None = None
    agency: bool = False

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return the name, the Latin name and the further ones."""
        return (self.name, self.latin, *self.names)


@cache
def agencies() -> tuple[Agency, ...]:
    """Return the agencies and broadcasters of agencies.toml."""
    return tuple(Agency(**_frozen(entry)) for entry in table("agencies.toml")["agency"])


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return the outlets of outlets.toml."""
    return tuple(Outlet(**_frozen(entry)) for entry in table("outlets.toml")["outlet"])


def outlet_for(host: str) -> Outlet | None:
    """Return the outlet that a host (`www.sana.sy`, `gate.ahram.org.eg`) serves; the longest domain known wins."""
    by_host = _outlets_by_host()
    name = host.lower().rstrip(".")
    while name:
        if name in by_host:
            return by_host[name]
        name = name.partition(".")[2]
    return None


@cache
def credit_words() -> dict[str, tuple[str, ...]]:
    """Return the lists of credit_words.toml by their keys."""
    return {key: tuple(words) for key, words in table("credit_words.toml").items()}


@cache
def _outlets_by_host() -> dict[str, Outlet]:
    return {host: outlet for outlet in outlets() for host in outlet.hosts}


@cache
def table(name: str) -> dict[str, Any]:
    """Return the contents of one of the TOML files beside this, to be read only."""
    import tomllib  # here, since a search needs word lists alone

    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
