"""What a page and its server declare of its charset: mark, header, meta element, XML declaration. Believes nothing.

Labels, names and the prescan are those of WHATWG (encoding.spec.whatwg.org, html.spec.whatwg.org).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

MARK = "byte order mark"
_HEADER = "HTTP header"
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
# WHATWG looks at 1,024 bytes; pages with scripts first declare their charset much later.
_PRESCAN_BYTES = 1 << 16
_EARLY = 1 << 12  # most pages declare it before here; beyond, it is first seen whether the word is still ahead


class Claim(NamedTuple):
    """A charset that the page or its server names: where, in which word, and the WHATWG name of that."""

    source: str
    label: str
    encoding: str


def byte_order_mark(content: bytes) -> tuple[Claim | None, int]:
    """Return the claim of the mark, and its length."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Claim(MARK, encoding, encoding), len(mark)
    return None, 0


def header_claim(content_type: str | None) -> Claim | None:
    """Return what a Content-Type header says; two headers of that name are handed on as one, with a comma."""
    return _claim(_HEADER, _charset_in((content_type or "").replace(",", ";")))


def markup_claim(content: bytes) -> Claim | None:
    """Prescan: take the first meta element that declares a charset, failing that the XML declaration.

    Markup that does not end within the window ends the search, as in the standard.
    """
    lowered = b""
    ahead = _EARLY
    for markup in _MARKUP.finditer(content, 0, _PRESCAN_BYTES):
        if markup.start() > ahead:
            lowered = lowered or content[:_PRESCAN_BYTES].lower()
            ahead = lowered.find(b"charset", markup.start())
        if markup["unended"] or ahead < 0:
            break
        if markup["meta"] and (claim := _meta_claim(markup["meta"])):
            return claim
    xml = _XML_DECLARATION.match(content, 0, _PRESCAN_BYTES)
    return _claim("XML declaration", xml[2].decode("latin-1")) if xml else None


def _meta_claim(attributes: bytes) -> Claim | None:
    values: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(attributes.decode("latin-1")):
        values.setdefault(name.lower(), value[1:-1] if value[:1] in {'"', "'"} else value)
    label = values.get("charset")
    if label is None and values.get("http-equiv", "").lower() == "content-type":
        label = _charset_in(values.get("content", ""))
    return _claim("meta declaration", label)


def _charset_in(text: str) -> str | None:
    """Return the label after `charset=`, by the standard's rule for the content of a meta element."""
    match = _CHARSET.search(text)
    if match is None:
        return None
    label = match[1]
    if label[:1] in {'"', "'"}:
        return label[1:-1] if len(label) > 1 and label[-1] == label[0] else None
    return label


def _claim(source: str, label: str | None) -> Claim | None:
    label = (label or "").strip("\t\n\f\r ").lower()
    encoding = _encodings().get(label)
    if encoding is None:
        return None
    if source != _HEADER:
        # What could be read as ASCII so far is neither of these two.
        encoding = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}.get(encoding, encoding)
    return Claim(source, label, encoding)


@cache
def _encodings() -> dict[str, str]:
    lines = _LABELS.replace("\n    ", " ").split("\n")
    return {label: labels[0] for labels in map(str.split, lines) for label in labels}


# Possessive throughout: each byte is looked at a bounded number of times, whatever the page holds.
_NAME = r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
_VALUE = r"""[\t\n\f\r ]*+=[\t\n\f\r ]*+("[^"]*+"|'[^']*+'|(?!["'])[^\t\n\f\r >]*+)"""
_ATTRIBUTE = re.compile(f"({_NAME})(?:{_VALUE})?+")
_TAG_REST = rf"(?:[\t\n\f\r /]*+{_NAME}(?:{_VALUE}|(?![\t\n\f\r ]*+=)))*+[\t\n\f\r /]*+>"
_MARKUP = re.compile(
    (
        r"<!(?=--).*?-->"
        r"|<(?:!(?!--)|\?|/(?![a-z]))[^>]*+>"
        rf"|<meta(?=[\t\n\f\r /])(?P<meta>{_TAG_REST})"
        rf"|</?[a-z][^\t\n\f\r >]*+{_TAG_REST}"
        r"|(?P<unended><(?=[a-z/!?]))"
    ).encode(),
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(r"""charset[\t\n\f\r ]*+=[\t\n\f\r ]*+("[^"]*+"?+|'[^']*+'?+|[^\t\n\f\r ;]*+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"""<\?xml[^>]*?encoding[\0- ]*+=[\0- ]*+(["'])([^"'>\0- ]++)\1""")

# The table of the Encoding standard: a line an encoding, its name first (which is a label too).
_LABELS = """
utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8
ibm866 866 cp866 csibm866
iso-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
iso-8859-3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
iso-8859-4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
iso-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127
    iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987
    sun_eu_greek
iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8
    iso_8859-8:1988 visual
iso-8859-8-i csiso88598i logical
iso-8859-10 csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6
iso-8859-13 iso8859-13 iso885913
iso-8859-14 iso8859-14 iso885914
iso-8859-15 csisolatin9 iso8859-15 iso885915 iso_8859-15 l9
iso-8859-16
koi8-r cskoi8r koi koi8 koi8_r
koi8-u koi8-ru
macintosh csmacintosh mac x-mac-roman
windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620
windows-1250 cp1250 x-cp1250
windows-1251 cp1251 x-cp1251
windows-1252 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591
    iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252
windows-1253 cp1253 x-cp1253
windows-1254 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5
    x-cp1254
windows-1255 cp1255 x-cp1255
windows-1256 cp1256 x-cp1256
windows-1257 cp1257 x-cp1257
windows-1258 cp1258 x-cp1258
x-mac-cyrillic x-mac-ukrainian
gbk chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk
gb18030
big5 big5-hkscs cn-big5 csbig5 x-x-big5
euc-jp cseucpkdfmtjapanese x-euc-jp
iso-2022-jp csiso2022jp
shift_jis csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis
euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949
replacement csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr
utf-16be unicodefffe
utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16
x-user-defined
"""
