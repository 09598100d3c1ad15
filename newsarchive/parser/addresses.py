"""References in a page -> absolute addresses. What `newsarchive.urls.resolve` says, faster for plain references."""

from __future__ import annotations

import re

from newsarchive import urls

# Already in the form that resolve gives: ASCII with escapes, lower-case host, no dots to take out (which may be
# escaped as well), no fragment, no semicolon or last question mark, which urljoin drops.
_PART = r"(?:[A-Za-z0-9_~=&+,@:!$-]++|%(?!2[Ee])[0-9A-Fa-f]{2}|(?<![./])\.(?![./])|\?(?!.*\?|\Z))"
_PLAIN = re.compile(rf"(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,}})(?:/{_PART}*+)++\Z")
_PLAIN_PATH = re.compile(rf"(?:/{_PART}++)++/?\Z")
# Where pages are shared and accounts are followed: no other stories.
SOCIAL = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)?"
    r"(?:facebook|twitter|x|t|telegram|wa|whatsapp|youtube|youtu|instagram|tiktok|linkedin|pinterest)"
    r"\.(?:com|me|be)(?:[/?]|\Z)|(?:https?:)?//(?:news|play)\.google\.com/|mailto:"
)


class Addresses:
    """Resolves the references of one page against its base."""

    def __init__(self, url: str, address: urls.Address | None, base: str | None) -> None:
        self.base, self._origin = url, address.origin if address else None
        if base and (plain := _PLAIN.match(base)):
            self.base, self._origin = base, plain[1]
        elif base and (resolved := urls.resolve(url, base)):
            parts = urls.split(resolved)
            self.base, self._origin = resolved, parts.origin if parts else None
        self._known: dict[str, str | None] = {}

    def resolve(self, reference: str | None) -> str | None:
        """Return the absolute address that a reference stands for, None where it is no web address."""
        if not reference:
            return None
        if reference not in self._known:
            self._known[reference] = self._resolve(reference)
        return self._known[reference]

    def _resolve(self, reference: str) -> str | None:
        escaped = urls.with_letters_escaped(reference)
        if self._origin and _PLAIN_PATH.match(escaped):
            return self._origin + escaped
        return escaped if _PLAIN.match(escaped) else urls.resolve(self.base, reference)
