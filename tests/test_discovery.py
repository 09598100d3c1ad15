"""Feeds, sitemaps and pages: which addresses they offer."""

from __future__ import annotations

import gzip
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.discovery import article_shapes, looks_like_article, read_listing, shape
from newsarchive.errors import ParseError
from tests.conftest import FIXTURES

URL = "https://sada.example/feed.xml"
RSS = """<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>صدى الوادي</title>
<item><title>خبر أول</title><link>https://sada.example/news/1</link><pubDate>الأحد 3 آذار 2024</pubDate></item>
<item><title>بلا رابط</title></item>
<item><title>خبر ثان</title><link>/news/2?utm_source=rss</link><guid>same</guid></item>
<item><title>خبر أول مكرر</title><link>https://www.sada.example/news/1/</link><guid>same</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>صدى</title><entry><title>خبر</title>
<link rel="alternate" href="/news/3"/><updated>2024-03-03T10:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="https://sada.example/news/4"><title>خبر</title><link>https://sada.example/news/4</link></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {"title": "صدى", "items": [{"url": "/news/5", "title": "خبر", "date_published": "2024-03-03"}, "junk", {}]}
)
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://sada.example/news/6 </loc>
<news:news><news:publication_date>2024-03-03</news:publication_date><news:title>خبر</news:title></news:news></url>
<url><loc>javascript:alert(1)</loc></url><url><loc>ftp://sada.example/x</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
<loc>https://sada.example/sitemap-2024.xml.gz</loc><lastmod>2024-03-03</lastmod></sitemap></sitemapindex>"""


def addresses(content: str | bytes, **options: str) -> list[str]:
    data = content.encode() if isinstance(content, str) else content
    return [listed.url for listed in read_listing(data, url=URL, **options).articles]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (ATOM, ["https://sada.example/news/3"]),
        (RDF, ["https://sada.example/news/4"]),
        (JSON_FEED, ["https://sada.example/news/5"]),
        (SITEMAP, ["https://sada.example/news/6"]),
        (gzip.compress(SITEMAP.encode()), ["https://sada.example/news/6"]),
        ("", []),
        ("<html><body>nothing", []),
        ('{"items": "none"}', []),
        ("[" * 100_000, []),
        ('{"items":' + "[" * 100_000, []),
    ],
    ids=["atom", "rdf", "json", "sitemap", "gzip", "empty", "no links", "json junk", "brackets", "deep json"],
)
def test_each_kind_of_listing_gives_its_addresses(content: str | bytes, expected: list[str]) -> None:
    assert addresses(content) == expected


def test_a_broken_gzip_file_is_an_error_with_the_reason() -> None:
    with pytest.raises(ParseError, match="gzip"):
        read_listing(b"\x1f\x8bbroken", url=URL)


@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "us-ascii"])
def test_a_feed_is_read_whatever_encoding_it_declares(declared: str) -> None:
    listing = read_listing(RSS.format(declared=declared).encode(), url=URL, content_type="application/xml")
    assert (listing.kind, listing.title) == ("feed", "صدى الوادي")
    assert [listed.headline for listed in listing.articles] == ["خبر أول", "خبر ثان"]
    assert listing.articles[0].published_text == "الأحد 3 آذار 2024"


def test_a_feed_in_windows_1256_is_read_although_it_says_utf_8() -> None:
    assert read_listing(RSS.format(declared="utf-8").encode("windows-1256"), url=URL).title == "صدى الوادي"


def test_the_sitemaps_of_an_index_are_listings_not_articles() -> None:
    listing = read_listing(INDEX.encode(), url=URL)
    assert listing.articles == ()
    assert [listed.url for listed in listing.listings] == ["https://sada.example/sitemap-2024.xml.gz"]


def test_a_page_gives_links_of_its_own_host_and_its_feeds() -> None:
    content = (FIXTURES / "akhbar-alnahr.example" / "index.html").read_bytes()
    listing = read_listing(content, url="https://akhbar-alnahr.example/")
    found = {listed.url for listed in listing.articles}
    assert "https://akhbar-alnahr.example/water-plant.html" in found
    assert all(url.startswith("https://akhbar-alnahr.example/") for url in found)
    assert [listed.url for listed in listing.listings] == ["https://akhbar-alnahr.example/feed.xml"]


def test_a_base_on_another_host_is_not_followed() -> None:
    page = '<base href="https://evil.example/"><a href="/news/7">x</a>'
    assert addresses(page) == ["https://sada.example/news/7"]


ENTITIES = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
HOSTILE = {
    "laughs": f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{ENTITIES}]><rss><title>&a9;</title></rss>',
    "laughs in a sitemap": f"<!DOCTYPE urlset [<!ENTITY a0 'ha'>{ENTITIES}]><urlset><url><loc>&a9;</loc></url>",
    "file": "<!DOCTYPE urlset [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>https://a.example/&f;</loc>"
    "</url></urlset>",
    "deep sitemap": "<urlset>" + "<a>" * 100_000,
    "many links": "<a href=/n>x</a>" * 100_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_listing_is_read_soon_and_discloses_nothing(content: str) -> None:
    before = time.process_time()
    listing = read_listing(content.encode(), url=URL)
    assert time.process_time() - before < 5
    assert "root:" not in repr(listing)
    assert len(repr(listing)) < 10_000


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/news/2024/03/10/123456/some-slug-here", "/news/9/9/9/9/w"),
        ("https://a.example/ar/article.aspx?id=5&page=2", "/ar/article.aspx?id&page"),
        ("https://a.example/story/abc12", "/story/abc9"),
        ("https://a.example/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9/62949-%D8%AD%D8%B3%D9%86-%D8%B4", "/رياضة/w9"),
        ("https://a.example/", "/"),
    ],
)
def test_the_shape_of_an_address_keeps_what_articles_share(url: str, expected: str) -> None:
    assert shape(url) == expected


def test_links_are_told_by_the_shapes_of_known_articles() -> None:
    shapes = article_shapes(
        [f"https://a.example/news/{n}/slug-of-{n}" for n in range(20)] + ["https://a.example/about"]
    )
    assert looks_like_article("https://a.example/news/99/other-slug", shapes)
    assert not looks_like_article("https://a.example/about", shapes)
    assert not looks_like_article("https://a.example/section/politics", shapes)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/2024/05/x", True), ("/a-b-c-d", True), ("/news/12345", True), ("/politics", False), ("/about-us", False)],
)
def test_without_known_articles_ids_and_slugs_tell(path: str, expected: bool) -> None:
    assert looks_like_article(f"https://a.example{path}", frozenset()) is expected


@given(st.binary(max_size=400), st.sampled_from([b"", b"<rss>", b"<urlset>", b"{", b"<feed>"]))
def test_any_bytes_give_a_listing(junk: bytes, start: bytes) -> None:
    try:
        listing = read_listing(start + junk, url=URL)
    except ParseError:
        assert junk.startswith(b"\x1f\x8b")
    else:
        assert listing.kind in {"feed", "sitemap", "page", "none"}
