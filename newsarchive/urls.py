"""Addresses: the form to ask for, the form to compare by, the form to show. Pure: no network, no disk.

Three forms of one address:

- `resolve` gives what is sent to a server: absolute, ASCII, without fragment and credentials;
- `canonical` gives the identity of an article: two addresses of one article have the same. It is for
  comparing and for keys, not for fetching, since it leaves out `www.` and the final slash, which some servers want;
- `display` gives what a person reads: Arabic as Arabic.

No function here raises. What is no http(s) address gives None, or comes back as it is where the function says so.
"""

from __future__ import annotations

import ipaddress
import re
import string
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin

MAX_LENGTH = 8192  # bytes; servers and browsers agree on about this much
DEFAULT_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """A split http(s) address; `host` is lower-case ASCII (IPv6 without brackets), `port` is always known."""

    scheme: str
    host: str
    port: int
    path: str
    query: str | None

    @property
    def netloc(self) -> str:
        """Return host and, where it is not the scheme's own, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what one robots.txt is valid for."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def target(self) -> str:
        """Return path and query: what a request line names."""
        return self.path if self.query is None else f"{self.path}?{self.query}"

    @property
    def url(self) -> str:
        """Return the whole address."""
        return self.origin + self.target


_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?", re.DOTALL)
_SLASHES = re.compile(r"^(https?:)/{3,}", re.IGNORECASE)
_TAB_OR_NEWLINE = str.maketrans("", "", "\t\r\n")
_EDGES = "".join(map(chr, range(0x21)))  # C0 controls and space, which browsers cut off
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_-])?")
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_BEYOND_ASCII = r"\x80-\ud7ff\ue000-\U0010ffff"  # without surrogates, which cannot be written in UTF-8
_LETTERS = re.compile(f"[{_BEYOND_ASCII}]+")

# Characters that may stand in a path or query as they are (RFC 3986).
_PATH_SAFE = "!$&'()*+,;=:@/~-._"
_QUERY_SAFE = _PATH_SAFE + "?"
_ESCAPE = r"%(?:[0189A-F][0-9A-F]|2[0-9ABCF]|3[A-F]|40|5[B-E]|60|7[B-DF])"  # upper case, of a character that needs it
_NORMAL = re.compile(rf"(?:[A-Za-z0-9!$&'()*+,;=:@/~._?-]++|{_ESCAPE})*+")
_WITH_LETTERS = re.compile(rf"[A-Za-z0-9!$&'()*+,;=:@/~._?%{_BEYOND_ASCII}-]*+")  # else as it may stand
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_ESCAPES = {  # what stands after a percent sign -> the one way to write it
    code: chr(int(code, 16)) if chr(int(code, 16)) in _UNRESERVED else f"%{code.upper()}"
    for code in (a + b for a in string.hexdigits for b in string.hexdigits)
}


def split(url: str) -> Address | None:
    """Split an absolute http(s) address as a browser would; None for anything else.

    Credentials and fragment are left out, the path is percent-encoded and free of dot segments.
    """
    if len(url) > MAX_LENGTH:
        return None
    parts = _PARTS.match(_browser_form(url))
    if parts is None or parts[1] is None or not parts[2]:
        return None
    scheme = parts[1].lower()
    if scheme not in DEFAULT_PORTS:
        return None
    name, port = _host_and_port(parts[2].rpartition("@")[2])
    if name is None or port == 0:
        return None
    query = None if parts[4] is None else _encoded(parts[4], _QUERY_SAFE)
    path = _without_dots(_encoded(parts[3], _PATH_SAFE)) or "/"
    return Address(scheme, name, port or DEFAULT_PORTS[scheme], path, query)


def resolve(base: str, reference: str) -> str | None:
    """Return the absolute address that a link names, ready to be asked for; None if it is not http(s)."""
    reference = _browser_form(reference)
    scheme = _PARTS.match(reference)
    if scheme is not None and scheme[1] is not None and scheme[1].lower() not in DEFAULT_PORTS:
        return None
    try:
        joined = urljoin(_browser_form(base), reference)
    except ValueError:  # an unclosed bracket
        return None
    address = split(joined)
    return None if address is None else address.url


def host(url: str) -> str | None:
    """Return the host that names the publisher: lower-case, IDNA, without `www.`, `m.`, `mobile.`, `amp.`."""
    address = split(url)
    return None if address is None else publisher_host(address.host)


def canonical(url: str) -> str:
    """Return the identity of an article; what is no http(s) address comes back only without its credentials.

    Left out are: scheme (always https on a default port), `www.`, mobile and AMP hosts and marks, default port,
    credentials, fragment, tracking and session parameters, the final slash. Parameters are sorted by name.
    The result never names another publisher's host, and canonical(canonical(url)) == canonical(url).
    """
    address = split(url)
    if address is None:
        return without_credentials(url)
    standard = address.port == DEFAULT_PORTS[address.scheme]
    return address._replace(
        scheme="https" if standard else address.scheme,
        port=443 if standard else address.port,
        host=publisher_host(address.host),
        path=_identity_path(_normal_escapes(address.path)),
        query=_identity_query(address.query),
    ).url


def without_credentials(url: str) -> str:
    """Return the text of an address without user name, password and secret parameters, else as it is."""
    if "@" in url:
        url = _USERINFO.sub(r"\1", url)
        if _STILL_SECRET.fullmatch(url) and split(url) is None:  # a password that breaks the address, as "#" does
            url = url.rpartition("@")[2]
    if "=" in url and _CREDENTIAL_PAIR.search(url):
        url = _LOOSE_END.sub("", _CREDENTIAL_PAIR.sub("", url))
    return url


def display(url: str) -> str:
    """Return an address as a person reads it: escapes of letters undone, IDN hosts in their own script.

    Escapes of anything that is not printable, or that would change what the address means, stay.
    """
    url = without_credentials(url)
    address = split(url)
    shown = _ESCAPED_RUN.sub(_readable, url)
    if address is None or "xn--" not in address.host:
        return shown
    return shown.replace(address.host, _unicode_host(address.host), 1)


# --- hosts ---

# Second-level names under which countries register third-level ones: `m.com.sa` is a publisher, not a mobile host.
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "gov", "info", "mil", "net", "org", "press", "sch"})
_VARIANTS = frozenset({"www", "m", "mobile", "amp", "wap"})


def publisher_host(name: str) -> str:
    """Return a host name without the labels that stand for a variant of a site, `ar.m.example.org` included."""
    labels = name.split(".")
    while labels[0] in _VARIANTS and _registrable(labels[1:]):
        labels = labels[1:]
    if len(labels) > 3 and labels[1] == "m" and _registrable(labels[2:]):
        labels = [labels[0], *labels[2:]]
    return ".".join(labels)


def _registrable(labels: list[str]) -> bool:
    """Say whether these labels can be a publisher's own name, more than a suffix of a country."""
    if len(labels) < 2 or labels[-1].isdigit():
        return False
    return len(labels) > 2 or not (len(labels[1]) == 2 and labels[0] in _SECOND_LEVELS)


def _host_and_port(netloc: str) -> tuple[str | None, int | None]:
    if netloc.startswith("["):
        inside, bracket, rest = netloc[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            return None, None
        return _ipv6(inside), _port(rest[1:])
    name, _, port = netloc.partition(":")
    return _ascii_host(name), _port(port)


def _port(text: str) -> int | None:
    """Return the port, None where none is named, 0 for what is no port."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 5 and int(text) < 65536 else 0


def _ipv6(text: str) -> str | None:
    try:
        return ipaddress.IPv6Address(text).compressed
    except ValueError:
        return None


def _ascii_host(name: str) -> str | None:
    if "%" in name:
        name = unquote(name, errors="replace")
    if _NON_ASCII.search(name):
        import idna  # heavy tables, and few hosts need them

        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    name = name.lower().removesuffix(".")
    return name if _HOST.fullmatch(name) and ".." not in name else None


def _unicode_host(name: str) -> str:
    import idna

    try:
        shown = idna.decode(name)
    except (idna.IDNAError, UnicodeError):
        return name
    return shown if shown.replace(".", "").replace("-", "").isprintable() else name


# --- paths and queries ---

_DOT_SEGMENT = re.compile(r"/(?:\.|%2[Ee]){1,2}(?:/|$)")
_AMP_END = re.compile(r"(?:/amp/?|\.amp)$", re.IGNORECASE)
_AMP_START = re.compile(r"^/amp(?=/.)", re.IGNORECASE)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)

_TRACKING = re.compile(
    r"""(?:utm|mtm|matomo|hsa|stm|itm|piwik|oly|vero)_[a-z0-9_]+ | pk_(?:campaign|keyword|kwd|medium|source)
    | ns_(?:campaign|fee|linkname|mchannel|source) | fb_(?:action_ids|action_types|ref|source) | mc_[cet][ic]d?
    | ga_(?:campaign|content|medium|place|source|term) | gad_(?:campaignid|source) | wt_z?mc | ml_subscriber(?:_hash)?
    | _g[acl]+ | __?hs[a-z]+ | __s | __twitter_impression | _openstat | [a-z]{1,3}clid | msclkid | gclsrc | [gw]braid
    | fbadid | adid | at_(?:campaign|medium|custom\d) | campaign_id | cmp(?:_?id)? | dicbo | dm_i | echobox | ef_id
    | epik | ftag | guc(?:counter|e_referrer(?:_sig)?)
    | hsctatracking | icid | ig_?shi?d? | ito | li_fat_id | mbid | mibextid | mkt_tok | ncid
    | rb_clickid | ref_src | ref_url | referr?er | s_cid | s_kwcid | sfnsn | share_(?:id|token) | smid | sr_share
    | srsltid | tblci | trk(?:campaign)? | wickedid | xtor
    | phpsessid | jsessionid | aspsessionid[a-z]* | session_?id | cfid | cftoken | oscsid | zenid""",
    re.VERBOSE,
)
# Names that are also used for content: they count as tracking only with a value that names a way in.
_AMBIGUOUS = frozenset({"ref", "source", "src", "from", "via", "medium", "output", "outputtype", "view", "cid"})
_WAY_IN = re.compile(
    r"""amp | app | e?mail | facebook | fb | feed | google(?:news)? | home(?:page)? | hp | instagram | linkedin | mobile
    | newsletter | push | rss | shar(?:e|ing) | sms | social | telegram | tg | twitter | web(?:site)? | whatsapp | x
    | youtube""",
    re.VERBOSE | re.IGNORECASE,
)
_CREDENTIAL = (
    "access_?token|auth_?token|id_?token|refresh_?token|session_?token|token|jwt|api_?key|auth|password"
    "|passwd|pwd|secret|client_secret|signature|x-amz-(?:signature|credential|security-token)"
)
_CREDENTIAL_NAME = re.compile(_CREDENTIAL)
_CREDENTIAL_PAIR = re.compile(rf"(?<=[?&;])(?:{_CREDENTIAL})=[^&;#\s]*&?", re.IGNORECASE)
_LOOSE_END = re.compile(r"[?&]+(?=#|$)")
_USERINFO = re.compile(r"((?:^|:)[/\\]{2})[^/\\?#\s]*@")
_STILL_SECRET = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[/\\]{2}\S*@\S*")
_LONG_HEX = re.compile(r"[0-9a-fA-F]{20,}")
_ESCAPED_RUN = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def _browser_form(url: str) -> str:
    """Return the text as browsers read it: edges cut, tabs and newlines out, backslashes as slashes."""
    url = url.strip(_EDGES).translate(_TAB_OR_NEWLINE)
    if "\\" in url:
        before, mark, query = url.partition("?")
        url = before.replace("\\", "/") + mark + query
    return _SLASHES.sub(r"\1//", url) if ":///" in url else url


def _encoded(text: str, safe: str) -> str:
    """Return the text in ASCII, every escape kept as it is written and every stray percent sign escaped."""
    if _NORMAL.fullmatch(text):
        return text
    if _WITH_LETTERS.fullmatch(text):  # `quote` goes byte by byte
        escaped = with_letters_escaped(text)
    else:
        escaped = quote(text, safe=safe + "%", errors="replace")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", escaped)


def with_letters_escaped(text: str) -> str:
    """Return the text with the bytes of what is not ASCII escaped; lone surrogates stay."""
    return text if text.isascii() else _LETTERS.sub(lambda run: "%" + run[0].encode().hex("%").upper(), text)


def _normal_escapes(text: str) -> str:
    """Return encoded text with escapes in upper case, and only of what needs them."""
    if _NORMAL.fullmatch(text):
        return text
    first, *rest = text.split("%")
    return first + "".join([_ESCAPES[part[:2]] + part[2:] for part in rest])


def _without_dots(path: str) -> str:
    """Remove dot segments (RFC 3986, 5.2.4), escaped ones too, as browsers do."""
    if not _DOT_SEGMENT.search(path):
        return path
    kept: list[str] = []
    segments = path.split("/")
    for position, segment in enumerate(segments):
        plain = segment.replace("%2e", ".").replace("%2E", ".")
        if plain == "..":
            del kept[max(1, len(kept) - 1) :]
        elif plain != ".":
            kept.append(segment)
            continue
        if position == len(segments) - 1:
            kept.append("")
    return "/".join(kept)


def _identity_path(path: str) -> str:
    path = _SESSION_PATH.sub("", path)
    previous = None
    while path != previous:
        previous = path
        path = _AMP_START.sub("", _AMP_END.sub("", path).replace(".amp.htm", ".htm").rstrip("/"))
        path = _without_dots(path)
    return path or "/"


def _identity_query(query: str | None) -> str | None:
    if not query:
        return None
    kept = []
    for part in query.replace("+", "%20").split("&"):
        name, equals, value = _normal_escapes(part).partition("=")
        if name and not _is_tracking(unquote(name).lower(), value):
            kept.append((name, equals + value))
    return "&".join([name + rest for name, rest in sorted(kept, key=lambda pair: pair[0])]) or None


def _is_tracking(name: str, value: str) -> bool:
    if _TRACKING.fullmatch(name) or _CREDENTIAL_NAME.fullmatch(name):
        return True
    if name == "amp":
        return value.lower() in ("", "1", "true")
    if name == "sid":
        return _LONG_HEX.fullmatch(value) is not None
    return name in _AMBIGUOUS and _WAY_IN.fullmatch(value) is not None


def _readable(match: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    return "".join([c if c > "\x7f" and c.isprintable() else quote(c, safe="") for c in text])
