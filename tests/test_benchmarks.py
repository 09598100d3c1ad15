"""The figures that benchmarks.search prints: scores by hand-worked examples, and that every engine finds a word."""

from __future__ import annotations

import math
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.search import Drawn, ndcg, percentile, recall, score_probe, score_set
from benchmarks.search_data import Document, halves_joined, typical_queries
from benchmarks.search_systems import phrases, systems

PORT = Document("port", "ميناء الوادي يستقبل السفينة الأولى", "دخلت السفينة ميناء الوادي صباح اليوم")
WELL = Document("well", None, "حفرت البلدية بئرا جديدة في قرية السهل")


def test_the_right_article_first_scores_one_and_third_a_half() -> None:
    assert ndcg(["a", "b", "c"], {"a": 1}) == 1.0
    assert ndcg(["b", "c", "a"], {"a": 1}) == pytest.approx(1 / math.log2(4))


def test_a_grade_of_two_gains_three_times_a_grade_of_one() -> None:
    best = 3 + 1 / math.log2(3)
    assert ndcg(["one", "two"], {"one": 1, "two": 2}) == pytest.approx((1 + 3 / math.log2(3)) / best)


def test_no_hits_and_hits_beyond_the_tenth_gain_nothing() -> None:
    assert ndcg([], {"a": 1}) == 0.0
    assert ndcg([*"bcdefghijk", "a"], {"a": 1}) == 0.0


def test_recall_is_the_part_of_the_right_ones_that_was_found() -> None:
    assert recall(["a", "x", "b"], {"a": 1, "b": 2, "c": 1, "x": 0}) == pytest.approx(2 / 3)


def test_percentile_is_a_value_that_was_measured() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert (percentile(values, 0.95), percentile([7.0], 0.95)) == (95.0, 7.0)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("السفينة OR بئر؟", ['"السفينة"', '"OR"', '"بئر"']),
        ('"ميناء الوادي"', ['"ميناء الوادي"']),
        ('وصلت "السفينة" إلى الوادي', ['"وصلت"', '"السفينة"', '"إلى"', '"الوادي"']),
        ("هَجُومٌ", ['"هَجُومٌ"']),
        ("؟ - ؟", []),
    ],
)
def test_other_engines_are_asked_for_words_or_for_one_phrase(query: str, wanted: list[str]) -> None:
    assert phrases(query) == wanted


@pytest.mark.parametrize("name", systems())
def test_every_engine_finds_words_and_phrases_and_tells_its_size(name: str, tmp_path: Path) -> None:
    with closing(systems()[name](tmp_path)) as system:
        system.add([PORT])
        before = system.index_bytes()
        system.add([WELL])
        assert system.search("السفينة", 10) == ["port"]
        assert system.search('"قرية السهل"', 10) == ["well"]
        assert system.search('"السهل قرية"', 10) == []
        assert system.search("؟", 10) == []
        assert 0 < before < system.index_bytes()


def test_a_query_set_is_scored_over_the_queries_that_have_an_answer(tmp_path: Path) -> None:
    (tmp_path / "queries.tsv").write_text('1\tالسفينة\n2\t"ميناء\n3\tغزال\n4\tبئرا\n', encoding="utf-8")
    (tmp_path / "answers.tsv").write_text("1\tport\t1\n2\twell\t1\n3\twell\t1\n", encoding="utf-8")
    with closing(systems()["FTS5 unicode61"](tmp_path)) as system:
        system.add([PORT, WELL])
        assert score_set(system, tmp_path / "queries.tsv", tmp_path / "answers.tsv") == (1 / 3, 1 / 3)


def test_the_probe_counts_pairs_that_must_and_must_not_be_found(tmp_path: Path) -> None:
    pairs = [("بئر", "حفروا بئر القرية", "1"), ("بئر", "آبار القرية", "1"), ("بئر", "بئس المصير", "0")]
    with closing(systems()["FTS5 unicode61"](tmp_path)) as system:
        assert score_probe(system, pairs) == {True: (1, 2), False: (1, 1)}


def test_further_articles_are_halves_of_two_with_ids_of_their_own() -> None:
    given = [Document("a", None, "a1 a2 a3 a4"), Document("b", None, "b1 b2 b3 b4")]
    made = list(halves_joined(given, 5))
    assert made[:2] == given
    assert [document.id for document in made] == ["a", "b", "a-1", "b-1", "a-2"]
    assert [document.body for document in made[2:4]] == ["a1 a2 b3 b4", "b1 b2 a3 a4"]


def test_typical_queries_are_as_common_as_their_kind_says() -> None:
    articles = [
        Document(str(number), None, f"الشائع {'' if number % 50 else 'المتوسط النهر الجسر'}") for number in range(200)
    ]
    articles = [
        document._replace(body=document.body if number % 3 else "قال") for number, document in enumerate(articles)
    ]
    queries = typical_queries(articles)
    assert set(queries["middle word"]) == {"المتوسط", "النهر", "الجسر"}
    assert {tuple(sorted(query.split())) for query in queries["three words"]} == {("الجسر", "المتوسط", "النهر")}
    assert set(queries["phrase"]) <= {'"الشائع المتوسط"', '"المتوسط النهر"', '"النهر الجسر"'}
    assert queries["common word"] == ["قال"]
    assert typical_queries(articles) == queries


def test_making_documents_is_counted_apart() -> None:
    drawn = Drawn(Document("a", None, str(sum(range(200_000)))) for _ in range(3))
    assert len(list(drawn)) == 3
    assert drawn.seconds > 0
