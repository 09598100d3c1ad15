"""robots.txt by RFC 9309: what is allowed to us, how fast, and which sitemaps it names.

protego matches paths; grouping and choosing the group are done here, since RFC 9309 wants them stricter: unknown
lines do not end a group, an agent is one token, compared whole. Nothing is fetched here.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from protego import Protego

if TYPE_CHECKING:
    from collections.abc import Iterator

AGENT = "newsarchive"

_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_KEYS = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "crawl-delay",
    "crawl delay": "crawl-delay",
    "crawldelay": "crawl-delay",
    "sitemap": "sitemap",
    "site-map": "sitemap",
}
_BYTE_TO_ESCAPE = {byte: f"%{byte:02X}" for byte in range(256) if not 0x21 <= byte <= 0x7E}


class Robots:
    """The rules of one robots.txt for one agent."""

    def __init__(self, text: str, agent: str = AGENT) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        sitemaps: list[str] = []
        current: set[str] = set()
        naming = False  # inside the user-agent lines that begin a group
        for key, value in _lines(text):
            if key == "sitemap":
                sitemaps.append(value)
            elif key == "user-agent":
                current = current if naming else set()
                naming = True
                if (name := _agent(value)) in (agent.lower(), "*"):
                    current.add(name)
                    groups.setdefault(name, [])
            else:
                naming = naming and key == "crawl-delay"  # which is no rule of RFC 9309, so it ends nothing
                for name in current:
                    groups[name].append((key, value))
        self.sitemaps = tuple(sitemaps)
        rules = groups.get(agent.lower(), groups.get("*", []))
        self.delay = max((_seconds(value) for key, value in rules if key == "crawl-delay"), default=0.0)
        paths = [f"{key}: {_escaped(value)}" for key, value in rules if key != "crawl-delay"]
        self._paths = Protego.parse("\n".join(["user-agent: *", *paths]))

    def allows(self, url: str) -> bool:
        """Say whether we may ask for an address of this origin."""
        return bool(self._paths.can_fetch(url, "*"))


def decoded(content: bytes, largest: int) -> str:
    """Return a robots.txt as text, cut after the last whole line where it has more bytes than we read."""
    if len(content) >= largest:
        content = content[: content.rfind(b"\n", 0, largest) + 1] or content[:largest]
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:  # paths in another charset: their bytes count, not their letters
        return "".join([chr(byte) if byte < 0x80 else _BYTE_TO_ESCAPE[byte] for byte in content])


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the known keys with their values; comments, blank and unknown lines are left out."""
    for line in _LINE_END.split(text):
        content = line.partition("#")[0].strip()
        key, colon, value = content.partition(":")
        if not colon:
            words = content.split()
            if len(words) != 2:
                continue
            key, value = words
        known = _KEYS.get(key.strip().lower())
        if known is not None:
            yield known, value.strip()


def _agent(value: str) -> str:
    """Return the product token of a user-agent line in lower case; `*` stands for all."""
    if value == "*" or value[:2] in ("* ", "*\t"):
        return "*"
    token = _TOKEN.match(value)
    return token[0].lower() if token else ""


def _escaped(path: str) -> str:
    """Return a path rule in ASCII, so that no letter can be taken for the end of a line."""
    return "".join([chr(b) if 0x21 <= b <= 0x7E else _BYTE_TO_ESCAPE[b] for b in path.encode("utf-8", "replace")])


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0
    return seconds if math.isfinite(seconds) and seconds > 0 else 0
