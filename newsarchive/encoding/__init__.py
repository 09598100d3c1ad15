"""Bytes and what was declared of them -> text, with the reason for the decision. Pure: no parsing, no files.

A declaration is believed only where the bytes bear it out: Arabic pages are declared wrongly in every way. What is
declared stands in `declarations`, how Arabic is known in `letters`; here it is decided between them.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache

from newsarchive.encoding.declarations import MARK, Claim, byte_order_mark, header_claim, markup_claim
from newsarchive.encoding.letters import ARABIC, arabic_encoding

__all__ = ["Decision", "decide", "decode"]

# Where Python's codec of the WHATWG name is a smaller one, or bears another name.
_CODECS = {
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "shift_jis": "cp932",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
}
_MULTI_BYTE = frozenset({"gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr"})
# Names that no page is read by: UTF-16 shows in the bytes themselves, the other two stand for bytes left unread.
_UNUSABLE = frozenset({"utf-16le", "utf-16be", "replacement", "x-user-defined"})
# What the bytes have been asked about before a declaration of a single-byte charset may speak.
_JUDGED = _MULTI_BYTE | _UNUSABLE | {"utf-8"}
_HEAD_BYTES = 1 << 12
_PIECE = 1 << 13  # bytes
_ASCII = bytes(range(128))


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """How a page is to be decoded: the WHATWG name, Python's codec for it, why, and the bytes of a mark to skip."""

    encoding: str
    codec: str
    reason: str
    skip: int = 0


def decide(content: bytes, *, content_type: str | None = None) -> Decision:
    """Return how the bytes of an HTML page, served with that Content-Type, are to be decoded.

    Order: byte order mark, strict UTF-8, UTF-16 without a mark, HTTP header, meta declaration, Arabic letter
    statistics, windows-1252. The mark and the declarations are passed over where the bytes contradict them.
    """
    mark, skip = byte_order_mark(content)
    body = content[skip:] if skip else content
    claims = [claim for claim in (mark, header_claim(content_type), markup_claim(body)) if claim]
    encoding, reason = _choose(body, claims)
    losers = [claim.label for claim in claims if claim.encoding != encoding]
    if losers:
        reason += f" against the declared {' and '.join(losers)}"
    return Decision(encoding=encoding, codec=_codec(encoding), reason=reason, skip=skip)


def decode(content: bytes, decision: Decision) -> str:
    """Return the text of the bytes as WHATWG decodes them: what cannot be decoded becomes U+FFFD."""
    body = content[decision.skip :] if decision.skip else content
    if decision.encoding.startswith("windows-"):
        return codecs.charmap_decode(body, "replace", _windows_table(decision.codec))[0]
    return body.decode(decision.codec, "replace")


def _choose(body: bytes, claims: list[Claim]) -> tuple[str, str]:
    """Return the encoding and the reason for it."""
    marked = claims[0].encoding if claims and claims[0].source == MARK else None
    # Markup in UTF-16 has NULs, and no two letters of ASCII side by side.
    if marked in {"utf-16le", "utf-16be"} and (b"\0" in body[:_HEAD_BYTES] or b"</" not in body):
        return marked, MARK
    if body.isascii():
        return _utf16(body) or _choose_for_ascii(claims)
    if not _is_utf8(body):
        return _utf16(body) or _choose_legacy(body, claims)
    return "utf-8", MARK if marked == "utf-8" else "valid UTF-8"


def _is_utf8(body: bytes) -> bool:
    """Decode piece by piece: the text of a large page, made whole only to be thrown away, takes half as long again."""
    view, place = memoryview(body), 0
    try:
        while place < len(body):
            end = place + _PIECE
            place += codecs.utf_8_decode(view[place:end], "strict", end >= len(body))[1]
    except UnicodeDecodeError:
        return False
    return True


def _utf16(body: bytes) -> tuple[str, str] | None:
    """Know UTF-16 without a mark: nearly every other byte is NUL (markup) or 6 (the Arabic block)."""
    head = body[:_HEAD_BYTES]
    if b"\0" not in head:
        return None
    even, odd = head[0::2], head[1::2]
    for encoding, high, low in (("utf-16le", odd, even), ("utf-16be", even, odd)):
        if 10 * (high.count(0) + high.count(6)) >= 9 * len(high) and 10 * low.count(0) <= len(low):
            return encoding, "UTF-16 by its NUL bytes"
    return None


def _choose_for_ascii(claims: list[Claim]) -> tuple[str, str]:
    for claim in claims:
        if claim.encoding not in _UNUSABLE:
            return claim.encoding, claim.source
    return "windows-1252", "ASCII only"


def _choose_legacy(body: bytes, claims: list[Claim]) -> tuple[str, str]:
    """Choose for bytes that are not valid UTF-8."""
    encodings = [claim.encoding for claim in claims]
    if _mostly_utf8(body, claimed="utf-8" in encodings):
        return "utf-8", "mostly valid UTF-8"
    arabic = arabic_encoding(body, claimed=[encoding for encoding in encodings if encoding in ARABIC])
    for claim in claims:
        if claim.encoding in _MULTI_BYTE and _broken_share(body, claim.encoding) <= (0.02 if arabic else 0.2):
            return claim.encoding, claim.source
    for claim in claims:
        if claim.encoding not in _JUDGED and arabic in (None, claim.encoding):
            return claim.encoding, claim.source
    if arabic:
        return arabic, "Arabic letter statistics"
    return "windows-1252", "default"


def _mostly_utf8(body: bytes, *, claimed: bool) -> bool:
    """Tell whether whole sequences outnumber broken ones: a page cut within a letter, or with a foreign insert.

    Legacy text hardly ever holds whole sequences by chance, so that with a claim half as many are proof enough.
    """
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    ascii_bytes = len(body) - len(body.translate(None, _ASCII))
    whole = len(text) - ascii_bytes - broken
    return whole >= broken * (1 if claimed else 2)


def _broken_share(body: bytes, encoding: str) -> float:
    """Return how much of the text beyond ASCII is not valid in the encoding.

    A text of 100 Arabic words is broken by 5 % and more in shift_jis, by 14 % and more in the others. A right page may
    be by a few characters: Python's codecs lack those that some vendors added.
    """
    text = body.decode(_codec(encoding), "replace")
    return text.count("\ufffd") / max(1, len(text) - len(text.encode("ascii", "ignore")))


def _codec(encoding: str) -> str:
    return codecs.lookup(_CODECS.get(encoding, encoding)).name


@cache
def _windows_table(codec: str) -> str:
    """Return the 256 characters of a windows code page; WHATWG reads its gaps in 0x80-0x9F as control characters."""
    table = bytes(range(256)).decode(codec, "replace")
    return "".join(chr(byte) if char == "\ufffd" and byte < 0xA0 else char for byte, char in enumerate(table))
