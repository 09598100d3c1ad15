"""Searching an archive: what a query finds, in which order, and what is shown of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.arabic import WORD, Analyzer, fold, root
from newsarchive.archive import Archive
from newsarchive.data import wordlists
from newsarchive.errors import QueryError
from newsarchive.search.written import stretches, words_of

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


def test_a_later_page_of_hits_continues_an_earlier_one(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as opened:
        opened.import_records(
            {"url": f"https://a.example/{number}", "body": ["الجسر " * (number % 7 + 1) + "كلمة " * number]}
            for number in range(200)
        )
        whole = [hit.id for hit in opened.search("الجسر", limit=200)]
        paged = [hit.id for start in range(0, 200, 30) for hit in opened.search("الجسر", limit=30, offset=start)]
    assert len(whole) == len(set(whole)) == 200
    assert paged == whole


def test_superseded_versions_do_not_crowd_out_the_newest(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as opened:
        for edition in range(4):
            opened.import_records(
                {"url": f"https://a.example/{number}", "body": [f"الجسر في طبعته {edition}"]} for number in range(90)
            )
        assert len(opened.search("الجسر", limit=80)) == 80


def test_no_word_is_ruled_out_by_the_letters_of_its_own_root() -> None:
    lexicon = wordlists.lexicon()
    analyzer = Analyzer(lexicon)
    irregular = {analyzer.stem(form) for form in lexicon.irregular}
    for word in islice(lexicon.counts, 0, None, 25):
        for written in (word, f"و{word}", f"بال{word}،", f"«{word}هم»", f"ـ{word}"):
            stem = analyzer.stem(written.strip("«»،"))
            assert not stem or stem in irregular or words_of([root(stem)], ()).search(written), written


ARABIC_TEXT = st.text(st.sampled_from("ابتهةيىءأإآؤئ ولمس، ـَّ\n\u200f\ufefb\u06a9\u0654A1"), max_size=30)


@given(ARABIC_TEXT)
def test_what_a_text_holds_is_never_ruled_out_by_how_it_is_written(text: str) -> None:
    words = [fold(word) for word in WORD.findall(text)]
    for start in range(len(words)):
        row = words[start : start + 3]
        found = [[fold(word) for word in WORD.findall(stretch)] for stretch in stretches(tuple(row), text)]
        assert any(part[at : at + 3] == row for part in found for at in range(len(part)))
        assert words_of((), words[start : start + 1]).search(text)
        cut = (*row[:-1], row[-1][:2])
        begun = [[fold(word) for word in WORD.findall(stretch)] for stretch in stretches(cut, text, is_cut=True)]
        assert any(part[at : at + 3] == row for part in begun for at in range(len(part)))
