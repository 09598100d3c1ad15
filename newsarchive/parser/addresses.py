"""References in a page -> absolute addresses. What `newsarchive.urls.resolve` says, faster for plain references."""

from __future__ import annotations

import re

from newsarchive import urls

# Already in the form that resolve gives: ASCII with upper-case escapes of other scripts' bytes, lower-case host, no
# dots to take out, no fragment, no semicolon or last question mark, which urljoin drops.
_PART = r"(?:[A-Za-z0-9_~=&+,@:!$-]++|%[89A-F][0-9A-F]|(?<![./])\.(?![./])|\?(?!.*\?|\Z))"
_PLAIN = re.compile(rf"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,}}(?:/{_PART}*+)++\Z")
_PLAIN_PATH = re.compile(rf"(?:/{_PART}++)++/?\Z")


class Addresses:
    """Resolves the references of one page against its base."""

    def __init__(self, url: str, address: urls.Address | None, base: str | None) -> None:
        self.base = (urls.resolve(url, base) if base else None) or url
        parts = address if self.base == url else urls.split(self.base)
        self._origin = parts.origin if parts else None
        self._known: dict[str, str | None] = {}

    def resolve(self, reference: str | None) -> str | None:
        """Return the absolute address that a reference stands for, None where it is no web address."""
        if not reference:
            return None
        if reference not in self._known:
            self._known[reference] = self._resolve(reference)
        return self._known[reference]

    def _resolve(self, reference: str) -> str | None:
        if self._origin and _PLAIN_PATH.match(reference):
            return self._origin + reference
        if _PLAIN.match(reference):
            return reference
        return urls.resolve(self.base, reference)
