"""Addresses: what is asked for, what is compared, what is shown."""

from __future__ import annotations

import json
from pathlib import Path
from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.urls import canonical, display, host, resolve, split, without_credentials

NEWS = "\u062e\u0628\u0631"  # three Arabic letters
ESCAPED = "%D8%AE%D8%A8%D8%B1"

ONE_ARTICLE = [
    [
        "https://example.org/2017/04/26/story",
        "http://example.org/2017/04/26/story",
        "https://www.example.org/2017/04/26/story/",
        "HTTPS://EXAMPLE.ORG:443/2017/04/26/story",
        "http://example.org:80/2017/04/26/story#comments",
        "https://example.org./2017/04/26/story",
        "https://m.example.org/2017/04/26/story",
        "https://mobile.example.org/2017/04/26/story",
        "https://amp.example.org/2017/04/26/story",
        "https://www.m.example.org/2017/04/26/story",
        "https://example.org/amp/2017/04/26/story",
        "https://example.org/2017/04/26/story/amp",
        "https://example.org/2017/04/26/story/amp/",
        "https://example.org/2017/04/26/story.amp",
        "https://example.org/2017/04/26/story?amp",
        "https://example.org/2017/04/26/story?amp=1&outputType=amp",
        "https://example.org/2017/./04/x/../26/story",
        "https://example.org/2017/%2e/04/26/story",
        "https://example.org/2017/04/26/%73tory",
        "https://example.org\\2017\\04/26/story",
        "  https://example.org/2017/04/26/story\n",
        "https://example.org/2017/04/26/story?",
        "https://example.org/2017/04/26/story?utm_source=x&utm_medium=y&fbclid=1&gclid=2&_ga=3",
        "https://example.org/2017/04/26/story?UTM_Source=x",
        "https://example.org/2017/04/26/story?ref=rss&source=twitter&from=whatsapp",
        "https://example.org/2017/04/26/story;jsessionid=ABC123?PHPSESSID=1",
        "https://user:password@example.org/2017/04/26/story?access_token=secret",
    ],
    [
        f"https://example.org/{NEWS}/?b=2&a=1",
        f"https://example.org/{ESCAPED}?a=1&b=2",
        f"https://example.org/{ESCAPED.lower()}?a=1&utm_campaign=x&b=2",
        "https://example.org/%d8%Ae%D8%a8%d8%B1/?a=1&b=2",
    ],
    ["https://example.org/story.amp.html", "https://example.org/story.html"],
    [f"https://example.org/?q={NEWS}+{NEWS}", f"https://example.org/?q={ESCAPED}%20{ESCAPED}"],
    ["http://\u0645\u062b\u0627\u0644.\u0645\u0635\u0631/a", "https://xn--mgbh0fb.xn--wgbh1c/a"],
    ["https://ar.m.wikipedia.org/wiki/X", "https://ar.wikipedia.org/wiki/X"],
    ["https://example.org", "https://example.org/", "http://www.example.org/?utm_source=x"],
    ["https://example.org/%CE%C8%D1", "https://example.org/%ce%c8%d1"],  # windows-1256 bytes
]


@pytest.mark.parametrize("spellings", ONE_ARTICLE, ids=lambda spellings: spellings[0])
def test_one_article_has_one_identity(spellings: list[str]) -> None:
    assert {canonical(url) for url in spellings} == {canonical(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/1", "https://example.org/2"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/?p=1", "https://example.org/"),
        ("https://example.org/a?page=2", "https://example.org/a"),
        ("https://example.org/A", "https://example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a%3Fb=1", "https://example.org/a?b=1"),
        ("https://example.org/?source=reuters", "https://example.org/"),
        ("https://example.org/?ref=12345", "https://example.org/"),
        ("https://example.org/?sid=12345", "https://example.org/"),
        ("https://example.org/?cid=77", "https://example.org/"),
        ("https://example.org/?a[]=1&a[]=2", "https://example.org/?a[]=2&a[]=1"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("http://example.org:8080/a", "https://example.org:8080/a"),
        ("https://arabic.example.org/a", "https://example.org/a"),
        ("https://m.com.sa/a", "https://com.sa/a"),
        ("https://m.co/a", "https://co/a"),
        ("https://www.example.com/a", "https://www.example.org/a"),
        ("https://example.org/camp", "https://example.org/c"),
        ("https://example.org/ampere/x", "https://example.org/ere/x"),
        ("https://example.org/%CE%C8%D1", f"https://example.org/{ESCAPED}"),
        ("https://example.org/@name", "https://example.org/name"),
    ],
)
def test_different_pages_have_different_identities(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


STARTS = ["http://", "https://", "HTTP:", "//", "http:\\\\", "https://user:pw@", "ftp://"]
HOSTS = ["example.org", "www.m.example.org", "[::1]", "127.1", "مثال.مصر", "a..b", "m.com.sa"]
PORTS = ["", ":80", ":443", ":8080", ":x", ":99999"]
STEPS = ["/", "/amp", "/..", "/.", "/%2e%2E", "/a", f"/{NEWS}", "/%d8%ae", "/%", "/a b", ".amp", "//", ";jsessionid=1"]
QUERIES = ["a=1", "utm_source=x", "token=pw", "Token=pw", "%20", "+", "=", "", "amp=1", NEWS, "%zz", "?"]
ADDRESSES = st.one_of(
    st.text(max_size=80),
    st.builds(
        "{}{}{}{}?{}{}".format,
        st.sampled_from(STARTS),
        st.sampled_from(HOSTS),
        st.sampled_from(PORTS),
        st.lists(st.sampled_from(STEPS)).map("".join),
        st.lists(st.sampled_from(QUERIES)).map("&".join),
        st.sampled_from(["", "#", "#part"]),
    ),
)


@given(ADDRESSES)
def test_the_identity_of_an_identity_is_itself(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@given(ADDRESSES)
def test_the_identity_never_names_another_host_and_is_ascii(url: str) -> None:
    address = split(url)
    if address is None:
        assert split(canonical(url)) is None
    else:
        assert host(canonical(url)) == host(url)
        assert address.host.endswith(host(url) or "") or ".m." in address.host
        assert canonical(url).isascii()


@given(ADDRESSES)
def test_no_form_of_an_address_shows_a_password(url: str) -> None:
    address = split(url)
    assert "user:pw" not in without_credentials(url) + display(url)
    if address is not None:
        assert "@" not in address.netloc
        assert "token=pw" not in (canonical(url) + without_credentials(url)).lower()


@given(ADDRESSES, ADDRESSES)
def test_what_a_link_names_is_an_address_or_none(base: str, reference: str) -> None:
    found = resolve(base, reference)
    assert found is None or (split(found) is not None and found.isascii() and found == resolve("", found))


@given(ADDRESSES)
def test_what_is_shown_is_the_same_address_and_printable(url: str) -> None:
    address = split(url)
    if address is not None:
        shown = display(address.url)
        assert shown.isprintable()
        assert canonical(shown) == canonical(without_credentials(address.url))


BASE = "https://example.org/news/today?page=1"


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("/a", "https://example.org/a"),
        ("a", "https://example.org/news/a"),
        ("../a", "https://example.org/a"),
        ("?page=2", "https://example.org/news/today?page=2"),
        ("#part", "https://example.org/news/today?page=1"),
        ("//other.org/x", "https://other.org/x"),
        ("HTTP://Other.org", "http://other.org/"),
        (" \n/a\t", "https://example.org/a"),
        ("/a\nb", "https://example.org/ab"),
        ("\\\\other.org\\x", "https://other.org/x"),
        ("https:////other.org/x", "https://other.org/x"),
        (f"/{NEWS} {NEWS}", f"https://example.org/{ESCAPED}%20{ESCAPED}"),
        (f"/?q={NEWS}", f"https://example.org/?q={ESCAPED}"),
        ("https://user:pw@other.org/", "https://other.org/"),
        ("/100%", "https://example.org/100%25"),
        ("javascript:void(0)", None),
        ("JavaScript:void(0)", None),
        (" java\nscript:alert(1)", None),
        ("mailto:a@example.org", None),
        ("data:text/html,x", None),
        ("tel:+1", None),
        ("whatsapp://send?text=x", None),
        ("file:///etc/passwd", None),
        ("http://", None),
        ("http://[::1", None),
        ("http://a b/", None),
        ("http://example.org:0/", None),
        ("/" + "x" * 9000, None),
    ],
)
def test_links_are_read_as_browsers_read_them(reference: str, address: str | None) -> None:
    assert resolve(BASE, reference) == address


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://WWW.Example.ORG:8080/a", "example.org"),
        ("http://m.example.org/", "example.org"),
        ("http://ar.m.wikipedia.org/", "ar.wikipedia.org"),
        ("http://arabic.example.org/", "arabic.example.org"),
        ("http://www.gov.sa/", "www.gov.sa"),
        ("http://\u0645\u062b\u0627\u0644.\u0645\u0635\u0631/", "xn--mgbh0fb.xn--wgbh1c"),
        ("http://\u0627\u062e\u0628\u0627\u063124.\u0645\u0635\u0631/", "xn--24-btdae9ax.xn--wgbh1c"),
        ("http://[::1]:80/", "::1"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://m.127.0.0.1/", "m.127.0.0.1"),
        ("mailto:a@b", None),
        ("nonsense", None),
    ],
)
def test_the_host_names_the_publisher(url: str, name: str | None) -> None:
    assert host(url) == name


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"https://example.org/{ESCAPED}?q={ESCAPED}", f"https://example.org/{NEWS}?q={NEWS}"),
        ("https://xn--mgbh0fb.xn--wgbh1c/", "https://\u0645\u062b\u0627\u0644.\u0645\u0635\u0631/"),
        ("https://example.org/%2F%20%0A%1B%E2%80%AE%C2%85", "https://example.org/%2F%20%0A%1B%E2%80%AE%C2%85"),
        ("https://example.org/%E2%80%8F%CE%C8", "https://example.org/%E2%80%8F%CE%C8"),
        ("https://user:pw@example.org/?token=1", "https://example.org/"),
    ],
)
def test_people_read_letters_and_nothing_that_deceives(url: str, shown: str) -> None:
    assert display(url) == shown


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("http://user:pw@example.org/@name?a=b@c", "http://example.org/@name?a=b@c"),
        ("//user:pw@example.org/", "//example.org/"),
        ("http://example.org/?token=1&password=2&a=3", "http://example.org/?a=3"),
        ("http://example.org/?a=3&api_key=1&Access_Token=2#x", "http://example.org/?a=3#x"),
        ("http://user:p#w@example.org/", "example.org/"),
        ("http://example.org/?tokens=1&q=token", "http://example.org/?tokens=1&q=token"),
        ("write to a@example.org", "write to a@example.org"),
    ],
)
def test_secrets_are_cut_out_of_any_text_of_an_address(url: str, safe: str) -> None:
    assert without_credentials(url) == safe


def test_the_articles_of_the_annotated_pages_keep_their_identities_apart(shared: Path) -> None:
    urls = {
        url
        for file in (shared / "pages").glob("*.json")
        for record in [json.loads(file.read_text(encoding="utf-8"))]
        for url in [record["url"], *(record.get("related") or [])]
    }
    assert len({canonical(url) for url in urls}) == len(urls)


def test_identities_are_cheap_enough_for_every_link_of_a_page() -> None:
    url = f"https://www.example.org/2017/04/27/{ESCAPED * 20}/?utm_source=x"
    assert timeit(lambda: canonical(url), number=1000) / 1000 < 300e-6  # 20 µs on a quiet machine


@pytest.mark.parametrize(
    "attack",
    [
        "http://" + "a." * 4000,
        "http://a/" + "/.." * 2700,
        "http://a/?" + "&" * 8000,
        "http://a/" + "%" * 8000,
        "http://" + "@" * 8000,
        "http://" + "\u0627" * 4000,
        "?token=" * 1100,
    ],
)
def test_no_address_costs_much_time(attack: str) -> None:
    assert timeit(lambda: (canonical(attack), display(attack), resolve(BASE, attack)), number=1) < 1
