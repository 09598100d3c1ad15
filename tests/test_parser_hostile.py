"""Any bytes at all give an article, a refusal, or ParseError with a reason."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.errors import ParseError
from newsarchive.models import Reading
from newsarchive.parser import read
from newsarchive.records import to_record
from tests.conftest import fixture_pages

SMALL = 16_000  # bytes; larger fixtures show no other markup and take longer
PAGES = tuple(page.content for page in fixture_pages() if len(page.content) <= SMALL)
ADDRESS = "https://sahl.example/news/2024/5/3/441-well"
FETCHED = datetime(2024, 5, 4, 12, tzinfo=UTC)

# What pages go wrong by, or what readers go wrong with; a line each.
PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *("<p>", "</p>", "<div>", "</div>", "<br>", "<table><tr><td>", "</table>", "<a href='", "<h1>", "</h1>"),
        *("<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<style>", "<title>", "</title>", "<template>"),
        *("</head>", "<body>", "</body>", "</html>", "<frameset>", "<plaintext>", "<svg>", "<noscript>", "<x-a>"),
        *("<script type='application/ld+json'>", '{"@type":"NewsArticle","author":[{"@id":"#a"}]}', '{"@graph":[[['),
        *(
            '"headline":"\\ud800\\u0000"',
            '"datePublished":"',
            "<time datetime='",
            "<meta property='og:title' content='",
        ),
        *("<base href='//[::'>", "<img src='http://[' srcset=',,'>", "<a rel=tag href='http://\udcff'>"),
        *("<meta charset=utf-16>", "<meta charset=windows-1256>", "&#xD800;", "&#0;", "&#1;", "&#x110000;", "&nbsp"),
        *("&", "<", ">", "'", '"', "=", "\0", "\r", "\x0b", "\x85", "\u2028", "\ufeff", "\u202e", "\u0640" * 50),
        *("المصدر: ", "(أ ف ب)", "اقرأ أيضاً", "31/02/2024", "29 شباط 2023", "قبل 99999999999999 سنة"),
        *("٩" * 400, "-" * 300, "|" * 300),
    )
)
TAGS = (b"div", b"span", b"p", b"table", b"b", b"li", b"blockquote", b"font")

Mutation = Callable[[bytes], bytes]


def _at(part: float, page: bytes) -> int:
    return int(part * len(page))


def _insert(part: float, piece: bytes) -> Mutation:
    return lambda page: page[: _at(part, page)] + piece + page[_at(part, page) :]


def _cut(part: float, length: int) -> Mutation:
    return lambda page: page[: _at(part, page)] + page[_at(part, page) + length :]


def _repeat(part: float, length: int) -> Mutation:
    return lambda page: page[: _at(part, page) + length] + page[_at(part, page) :]


def _nest(part: float, tag: bytes, depth: int) -> Mutation:
    return _insert(part, b"<" + tag + b">" + b" ".join([b"<" + tag + b">"] * depth))


PART = st.floats(min_value=0, max_value=1)
MUTATIONS = st.one_of(
    st.builds(_insert, PART, st.sampled_from(PIECES)),
    st.builds(_insert, PART, st.binary(min_size=1, max_size=8)),
    st.builds(_cut, PART, st.integers(1, 2_000)),
    st.builds(_repeat, PART, st.integers(1, 2_000)),
    st.builds(_nest, PART, st.sampled_from(TAGS), st.sampled_from([3, 40, 300])),
)


def usable(reading: Reading) -> bool:
    """Whether what came out can be stored: an article or a refusal, in text that is Unicode without NUL."""
    if reading.article is None:
        return bool(reading.refusal)
    json.dumps(to_record(reading.article), ensure_ascii=False).encode("utf-8")
    texts = [paragraph.text for paragraph in reading.article.body] + [reading.article.headline or "-"]
    return bool(reading.article.body) and all(text.strip() and "\0" not in text for text in texts)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    page=st.sampled_from(range(len(PAGES))),
    mutations=st.lists(MUTATIONS, min_size=1, max_size=6),
    content_type=st.sampled_from(
        [None, None, "text/html; charset=utf-8", "text/html; charset=windows-1256", "\udcff;=;"]
    ),
)
def test_a_mutated_page_raises_nothing_but_parse_error(
    page: int, mutations: list[Mutation], content_type: str | None
) -> None:
    content = PAGES[page]
    for mutation in mutations:
        content = mutation(content)
    with suppress(ParseError):
        assert usable(read(content, url=ADDRESS, fetched_at=FETCHED, content_type=content_type))


@given(page=st.binary(max_size=2_000), url=st.sampled_from([ADDRESS, "file:///tmp/a.html", "http://[", "", "\udcff"]))
def test_bytes_of_no_page_raise_nothing_but_parse_error(page: bytes, url: str) -> None:
    with suppress(ParseError):
        assert usable(read(page, url=url))


def test_the_name_of_an_element_may_be_anything() -> None:
    card = "<li><a href=/1>عنوان خبر آخر طويل جدا</a><div\x01>نص قصير يقف وحده في هذه البطاقة هنا.</div></li>"
    story = "<h1>أهالي البلدة يحفرون بئراً</h1><div><p>حفر أهالي البلدة بئراً جديدة في الساحة بعد صيف جاف طويل.</p></div>"
    assert usable(read(f"<html><body><div>{story}<ul>{card * 5}</ul></div>".encode(), url=ADDRESS))


@pytest.mark.parametrize(
    "section", ["<![C<p>DATA[", "<![", "<![ x", "<![IF", "<![if !IE]>", "<![CDATA[", "<![CDATA[x]]>"]
)
def test_a_marked_section_in_a_page_that_lxml_cuts_is_no_accident(section: str) -> None:
    page = f"<html><body>{'<div>' * 300}{section}<p>a</p>".encode()
    assert usable(read(page, url=ADDRESS))


UNITS = (
    *(
        "<div>",
        "<table><tr><td>",
        "<b>",
        "<p>a",
        "<li>",
        "<a href=x>",
        "<font>a",
        "<x-a>",
        "a ",
        "<br>a",
        "<!--",
        "\0",
        "<",
    ),
    *("&#65;", "]]>", "<img src=a.jpg>", "<time datetime=2024>x</time>", "<meta property=a content=b>"),
    *(
        "<span class='author date share'>x</span>",
        "<h2>اقرأ أيضاً</h2>",
        "<p>حفر أهالي البلدة بئراً جديدة في الساحة القديمة.",
    ),
    '<script type="application/ld+json">{"@type":"Article"}</script>',
    "<div class=card><a href=/1>عنوان خبر آخر طويل</a><p>نص قصير للبطاقة هنا.</p></div>",
    "<div class=related><a href=/c>قسم</a><h3><a href=/n>عنوان خبر آخر طويل جدا</a></h3>",
    "<div class=related><a href=/c>قسم</a><h3><a href=/n>عنوان خبر آخر طويل جدا</a></h3></div>",
    "<div class=title>أربع كلمات أو أكثر",
    "<div class=tags><a href=/t>مياه</a>",
    "<div><figure><figcaption>a</figcaption></figure><p>b",
)


@pytest.mark.parametrize("unit", UNITS)
def test_a_page_of_one_thing_over_and_over_is_read_in_time(unit: str) -> None:
    page = f"<html><body><h1>a</h1>{unit * (100_000 // len(unit))}".encode()
    began = time.process_time()
    with suppress(ParseError):
        assert usable(read(page, url=ADDRESS))
    assert time.process_time() - began < 10
