"""Parts of the parser that must agree with a slower or simpler form of themselves, and the metric of the benchmark."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from benchmarks.extraction import f1, precision_and_recall, score_page
from newsarchive import urls
from newsarchive.encoding import decide
from newsarchive.parser import phrases
from newsarchive.parser.addresses import Addresses
from newsarchive.parser.lines import LineReader
from newsarchive.parser.roles import AUTHOR, BODY, DATE, FURNITURE, RELATED, roles_of_name
from newsarchive.parser.texts import collapse, first_run, raw_text, slot_text, squeeze, text_of, text_up_to

BASE = "https://sahl.example/news/2024/well.html"
SEGMENT = st.text(alphabet="aB1-_.~%2F+:@!$&'()*,;=?#/ \u0645\u0627\u0621\\", max_size=24)


@settings(max_examples=2000)
@given(
    st.builds("".join, st.tuples(st.sampled_from(["", "/", "//cdn.example/", "https://a.example/", "?q="]), SEGMENT))
)
def test_addresses_resolve_as_urls_does(reference: str) -> None:
    assert Addresses(BASE, urls.split(BASE), None).resolve(reference) == (
        urls.resolve(BASE, reference) if reference else None
    )


@pytest.mark.parametrize("base", ["/m/", "https://cdn.example/a/", "javascript:void(0)", "http://["])
def test_a_base_element_is_what_references_are_resolved_against(base: str) -> None:
    against = urls.resolve(BASE, base) or BASE
    assert Addresses(BASE, urls.split(BASE), base).resolve("b/c.html") == urls.resolve(against, "b/c.html")


@given(st.text(alphabet="aB1-_.~!$&'()*,;=: \"\u0645\u00e9\U0001f600\ud800", max_size=24))
def test_letters_of_a_path_are_escaped_as_the_library_escapes_them(text: str) -> None:
    address = urls.split(f"https://sahl.example/{text}.html")
    assert address is not None
    assert address.path == quote(f"/{text}.html", safe="!$&'()*,;=:/~-._", errors="replace")


@given(st.text())
def test_collapsing_white_space_is_splitting_and_joining(text: str) -> None:
    assert collapse(text) == " ".join(text.split())


@given(st.text())
def test_squeezing_out_white_space_is_splitting_and_joining(text: str) -> None:
    assert squeeze(text) == "".join(text.split())


@given(
    st.lists(
        st.sampled_from(["<b>", "<i>", "</b>", "</i>", " ", "\n", "\u00a0", "\u0645\u0627", "a b", "<br>", "&amp;"])
    )
)
def test_the_text_of_an_element_is_that_of_its_runs(parts: list[str]) -> None:
    element = etree.fromstring(f"<p>{''.join(parts)}</p><p>after</p>", etree.HTMLParser())[0][0]
    runs = list(element.itertext())
    assert raw_text(element) == "".join(runs)
    assert first_run(element) == next((collapse(run) for run in runs if run.strip()), "")


@given(st.integers(0, 9000), st.sampled_from(["\u0645", "\u4e16", "\U0001f600"]))
def test_a_letter_is_whole_wherever_the_look_at_utf8_cuts_the_page(before: int, letter: str) -> None:
    page = b"a" * before + 9000 * letter.encode()
    assert decide(page).encoding == "utf-8"
    assert decide(page + b"\xff").reason == "mostly valid UTF-8"
    assert decide(page[:-1]).reason == "mostly valid UTF-8"


def test_the_texts_of_an_element() -> None:
    element = etree.fromstring("<p>\n <b>كتب:</b><i> سناء\u00a0الجندي </i>\n<u>اليوم</u></p>")
    assert text_of(element) == "كتب: سناء الجندي اليوم"
    assert slot_text(element) == "كتب: سناء الجندي اليوم"
    assert first_run(element) == "كتب:"
    assert text_up_to(element, 30) == "كتب: سناء الجندي اليوم"
    assert text_up_to(element, 10) is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("entry-content", BODY),
        ("articleBody", BODY),
        ("post__author-name", AUTHOR),
        ("publishDate", DATE),
        ("related_posts", RELATED),
        ("td-post-sharing", FURNITURE),
    ],
)
def test_the_words_of_a_name_tell_what_an_element_is_for(name: str, role: int) -> None:
    assert roles_of_name(name) & role


@pytest.mark.parametrize(
    "name", ["css-1x2y3z", "has-text-align-right", "wp-block-group", "row", "shareholder", "updatable"]
)
def test_names_that_tell_nothing_have_no_role(name: str) -> None:
    assert roles_of_name(name) == 0


def test_a_body_is_scored_in_runs_of_four_words() -> None:
    assert precision_and_recall(["a b c d e"], ["a b c d e"]) == (1.0, 1.0)
    assert precision_and_recall(["a b c d e"], ["a b c d x"]) == (0.5, 0.5)
    assert precision_and_recall(["a b c d"], ["a b c d", "e f g h"]) == (0.2, 1.0)
    assert precision_and_recall(["وَقَالَ المـــدير العام اليوم"], ["وقال المدير العام اليوم"]) == (1.0, 1.0)
    assert precision_and_recall(["a b c d"], []) == (0.0, 0.0)
    assert precision_and_recall([], []) == (1.0, 1.0)
    assert f1(0.0, 0.0) == 0.0
    assert f1(0.5, 1.0) == pytest.approx(2 / 3)


def test_a_page_is_scored_where_the_expectation_says_something() -> None:
    expected = {"headline": "بئر", "authors": ["سناء الجندي"], "tags": [], "section": None, "published": "2024-05-03"}
    record = {"headline": "بئر!", "authors": ["سناء الجندي", "غيرها"], "published_at": "2024-05-03T08:15+03:00"}
    assert score_page(expected, record) == {"headline": 1.0, "date": 1.0, "authors+": pytest.approx(2 / 3)}
    assert score_page({"not_article": True}, None) == {"refused": 1.0}
    assert score_page({"not_article": True}, record) == {"refused": 0.0}


def test_another_outlet_before_the_agencies_is_credited_and_the_own_one_is_not() -> None:
    reader = LineReader(outlet=("صحيفة النهر", "nahr.example"), arabic=True)
    other, own = reader.credit_line("العين الإخبارية - وكالات"), reader.credit_line("صحيفة النهر - وكالات")
    assert other is not None
    assert own is not None
    assert [credit.name for credit in other] == ["العين الإخبارية", "وكالات"]
    assert [credit.name for credit in own] == ["وكالات"]


@pytest.mark.parametrize("line", ["ل ط/ص خ", "اس/ر ن/كام", "bur/mba/zm"])
def test_initials_of_editors_are_furniture(line: str) -> None:
    assert phrases.line_kinds(line) & phrases.LABEL


@pytest.mark.parametrize("line", ["غزة / سوا", "أ ف ب/ سويس إنفو", "عمان / بترا"])
def test_names_with_a_slash_between_are_no_initials(line: str) -> None:
    assert not phrases.line_kinds(line) & phrases.LABEL
