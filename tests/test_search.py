"""Searching an archive: what a query finds, in which order, and what is shown of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.archive import Archive
from newsarchive.errors import QueryError

RECORDS = [
    {
        "url": "https://nahr.example/1",
        "outlet": "أخبار النهر",
        "headline": "المسلّحون الأجانب يغادرون المدينة",
        "credits": ["رويترز"],
        "authors": ["سلمى الحداد"],
        "section": "محليات",
        "tags": ["أمن"],
        "published_at": "2024-03-10",
        "body": ["غادر المسلحون الأجانب المدينة فجر الأحد بعد اتفاق مع الوجهاء.", "وقال شهود إن الحافلات وصلت ليلاً."],
    },
    {
        "url": "https://barq.example/2",
        "outlet": "برق",
        "headline": "وزراء الزراعة يبحثون أسعار القمح",
        "section": "اقتصاد",
        "published_at": "2024-05-01",
        "body": ["بحث وزراء الزراعة في أميركا أسعار القمح، وقال وزير إن المخزون يكفي عاماً."],
    },
    {
        "url": "https://barq.example/3",
        "outlet": "برق",
        "headline": "زير الماء القديم",
        "published_at": "2023-01-01",
        "body": ["حكاية زير من فخار في بيت جدي، والماء فيه بارد في الصيف."],
    },
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive(Path(tmp_path_factory.mktemp("search")) / "archive.db") as opened:
        opened.import_records(RECORDS)
        yield opened


def found(archive: Archive, query: str, **options: object) -> list[int]:
    return [hit.id for hit in archive.search(query, **options) if hit.matches_all]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("المسلحون الاجانب", [1]),
        ("أجنبي مسلح", [1]),
        ("وزير", [2]),
        ("زير", [3]),
        ("أمريكا", [2]),
        ('"المسلحون الأجانب"', [1]),
        ('"الأجانب المسلحون"', []),
        ("الماء -القمح", [3]),
        ("القمح OR زير", [2, 3]),
        ("in:headline القمح", [2]),
        ("in:headline المخزون", []),
        ("القمح outlet:برق", [2]),
        ("المدينة site:nahr.example", [1]),
        ("المدينة credit:رويترز", [1]),
        ("المدينة author:سلمى", [1]),
        ("المدينة tag:أمن", [1]),
        ("القمح section:محليات", []),
        ("القمح after:2024-04-01", [2]),
        ("القمح before:2024-04-01", []),
        ("مسلح*", [1]),
        ("بركان", []),
    ],
)
def test_a_query_finds_what_a_reader_means(archive: Archive, query: str, expected: list[int]) -> None:
    assert sorted(found(archive, query)) == expected


def test_where_few_hold_all_words_those_with_some_follow_marked(archive: Archive) -> None:
    hits = archive.search("القمح الأجانب")
    assert {hit.id for hit in hits} == {1, 2}
    assert not any(hit.matches_all for hit in hits)


def test_a_snippet_is_untouched_text_with_the_matched_words_marked(archive: Archive) -> None:
    (hit,) = [hit for hit in archive.search("اجنبي") if hit.matches_all]
    body = "\n\n".join(RECORDS[0]["body"])
    assert hit.snippet.strip("… ") in body
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["الأجانب"]


def test_sorting_by_date_puts_the_newest_first(archive: Archive) -> None:
    assert found(archive, "القمح OR زير", sort="date") == [2, 3]


def test_exact_finds_only_the_form_that_was_typed(archive: Archive) -> None:
    assert found(archive, "وزير", exact=True) == [2]
    assert found(archive, "مسلح", exact=True) == []


def test_superseded_text_is_found_only_as_of_its_time(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as opened:
        opened.import_records([{"url": "https://a.example/1", "body": ["النص القديم عن الجسر"]}])
        opened.db.execute("UPDATE versions SET captured_at = '2020-01-01T00:00:00Z'")
        opened.import_records([{"url": "https://a.example/1", "body": ["النص الجديد عن النفق"]}])
        assert found(opened, "الجسر") == []
        assert found(opened, "الجسر", as_of="2021-01-01") == [1]
        assert found(opened, "النفق", as_of="2021-01-01") == []


def test_reindex_gives_the_same_answers(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as opened:
        opened.import_records(RECORDS)
        before = found(opened, "المسلحون")
        assert opened.reindex() == len(RECORDS)
        assert found(opened, "المسلحون") == before == [1]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("وزير القمح\"()*-:^+{}[]'\\OR AND NOT NEAR in:site:after:\x00\ud800٣"), max_size=40))
def test_any_query_gives_hits_or_a_query_error(archive: Archive, query: str) -> None:
    try:
        numbers = found(archive, query)
    except QueryError:
        numbers = []
    assert set(numbers) <= {1, 2, 3}
