"""What differs between two versions of an article."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.differences import differences, pieces
from newsarchive.models import Article, Moment, Paragraph

OLDER = Article(
    url="https://a.example/1",
    headline="مقتل ثلاثة في انفجار",
    source="أخبار النهر- رويترز",
    published_at=Moment(value="2024-03-10", precision="day", text="10 آذار 2024"),
    body=(Paragraph(text="قال مسؤول إن ثلاثة قتلوا."), Paragraph(text="وأضاف أن التحقيق بدأ.")),
)


@pytest.mark.parametrize(
    ("newer", "field", "substantive"),
    [
        (replace(OLDER, headline="مقتل أربعة في انفجار"), "headline", True),
        (replace(OLDER, headline="مقتل ثلاثة في إنفجار"), "headline", False),
        (replace(OLDER, body=(Paragraph(text="قال مسئول إن ثلاثةً قُتلوا ."), OLDER.body[1])), "lead", False),
        (replace(OLDER, body=OLDER.body[:1]), "body", True),
        (replace(OLDER, published_at=None), "date", True),
        (replace(OLDER, source="أخبار النهر"), "source", True),
    ],
)
def test_each_field_is_told_apart_and_cosmetic_from_substantive(newer: Article, field: str, substantive: bool) -> None:
    (found,) = differences(OLDER, newer)
    assert (found.field, found.substantive) == (field, substantive)


def test_the_same_version_has_no_differences() -> None:
    assert differences(OLDER, OLDER) == []


def test_only_the_changed_word_is_marked() -> None:
    marked = [(piece.kind, piece.text) for piece in pieces("مقتل ثلاثة في انفجار", "مقتل أربعة في انفجار")]
    assert marked == [("same", "مقتل "), ("removed", "ثلاثة"), ("added", "أربعة"), ("same", " في انفجار")]


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_pieces_give_back_both_texts(older: str, newer: str) -> None:
    found = list(pieces(older, newer))
    assert "".join(piece.text for piece in found if piece.kind != "added") == older
    assert "".join(piece.text for piece in found if piece.kind != "removed") == newer
