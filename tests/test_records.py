"""Article <-> record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.models import Article, Credit, Image, Link, Moment, Paragraph
from newsarchive.records import from_record, moment, to_record

ARTICLE = Article(
    url="https://akhbar.example/1",
    outlet="أخبار النهر",
    headline="افتتاح الجسر",
    labels=("عاجل",),
    source="أخبار النهر - رويترز",
    credits=(Credit(name="رويترز", agency="رويترز"),),
    authors=("سلمى الحداد",),
    published_at=Moment(value="2021-03-04T10:15+03:00", precision="minute", text="4 آذار 2021 - 10:15"),
    section="محليات",
    tags=("جسور",),
    language="ar",
    body=(Paragraph(text="فقرة أولى."), Paragraph(text="عنوان", kind="heading")),
    related=(
        Link(url="https://akhbar.example/2", text="خبر آخر", kind="related"),
        Link(url="https://akhbar.example/tag/jusur", text="جسور", kind="tag"),
    ),
    images=(Image(url="https://akhbar.example/a.jpg", caption="الجسر"),),
)


def test_a_record_is_json_and_comes_back_as_the_same_article() -> None:
    assert from_record(json.loads(json.dumps(to_record(ARTICLE)))) == ARTICLE


def test_missing_values_are_none_or_empty_lists() -> None:
    record = to_record(Article(url="https://akhbar.example/1"))
    assert record["headline"] is None
    assert record["tags"] == []
    assert "" not in record.values()


def test_an_agency_credited_under_two_names_stands_once_among_the_agencies() -> None:
    twice = (Credit(name="أ ف ب", agency="فرانس برس"), Credit(name="AFP", agency="فرانس برس"))
    record = to_record(replace(ARTICLE, credits=twice))
    assert (record["credits"], record["agencies"]) == (["أ ف ب", "AFP"], ["فرانس برس"])


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("2018-06", "month"),
        ("2017-04-26", "day"),
        ("2017-04-26T10", "hour"),
        ("2017-04-26T10:15", "minute"),
        ("2017-04-26T10:15-03:00", "minute"),
        ("2017-04-26T10:15:00Z", "second"),
        ("2017-04-26T10:15:00.250+05:30", "second"),
    ],
)
def test_the_precision_of_a_moment_is_what_its_value_states(value: str, precision: str) -> None:
    assert moment(value).precision == precision


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        ({"body": ["x"]}, "url"),
        ({"url": "https://a.example/"}, "body"),
        ({"url": "https://a.example/", "body": [1]}, "body"),
        (
            {"url": "https://a.example/", "body": ["x"], "body_kinds": []} | {"body_kinds": ["text", "text"]},
            "body_kinds",
        ),
        ({"url": "https://a.example/", "body": ["x"], "headline": 5}, "headline"),
        ({"url": "https://a.example/", "body": ["x"], "tags": "one"}, "tags"),
        ({"url": "https://a.example/", "body": ["x"], "published_at": "yesterday"}, "published_at"),
        ({"url": "https://a.example/", "body": ["x"], "related": [{"text": "y"}]}, "related"),
    ],
)
def test_a_record_that_cannot_be_an_article_is_refused_by_key(record: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=f"^{complaint}: "):
        from_record(record)


def test_a_blank_line_inside_a_paragraph_parts_it() -> None:
    assert from_record({"url": "https://a.example/", "body": "one\n\ntwo\n\n"}).body == (
        Paragraph(text="one"),
        Paragraph(text="two"),
    )


@given(st.text(st.characters(exclude_categories=())))
def test_text_of_a_record_can_always_be_stored(text: str) -> None:
    article = from_record({"url": "https://a.example/", "body": [text], "headline": text})
    for stored in (article.headline or "", *(paragraph.text for paragraph in article.body)):
        stored.encode()
        assert "\0" not in stored
