"""Folding, words and stems: what is equated and what is kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.arabic import fold, tokens
from newsarchive.arabic.analysis import Analyzer
from newsarchive.data.wordlists import lexicon


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(lexicon())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المسلّحون الأجانب", "المسلحون الاجانب"),
        ("مَدْرَسَةٌ", "مدرسه"),
        ("مدرســـة", "مدرسة"),
        ("\ufe8d\ufef9\ufeb3\ufefc\ufee1", "الإسلام"),
        ("ایران", "إيران"),
        ("٢٠١٧ و۲۰۱۷", "2017 و2017"),
        ("BBC", "bbc"),
        ("\u202bنص\u202c", "نص"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("قلب", "كلب"), ("سار", "صار"), ("2017", "2018"), ("علم", "عالم")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("والوزير", "وزير"),
        ("للمدرسة", "مدرسة"),
        ("بالقاهرة", "القاهرة"),
        ("فسيعلنون", "يعلنون"),
        ("وزراء", "وزير"),
        ("مدينتهم", "المدينة"),
        ("المهندسين", "مهندس"),
        ("صحيفتان", "صحيفة"),
        ("لاعبو", "لاعب"),
        ("موظفي", "موظف"),
        ("ملفات", "ملف"),
        ("بشدة", "شدة"),
        ("لإنقاذ", "إنقاذ"),
        ("سيصل", "يصل"),
        ("نفت", "نفى"),
        ("تفش", "التفشي"),
        ("الأوكرانية", "أوكرانيا"),
        ("أفغاني", "أفغانستان"),
        ("زوجها", "زوج"),
    ],
)
def test_forms_of_one_word_have_one_stem(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.stem(one) == analyzer.stem(other)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("المياة", "المياه"),
        ("تجاة", "تجاه"),
        ("موتمر", "مؤتمر"),
        ("السوال", "سؤال"),
        ("هدؤ", "هدوء"),
        ("اصابه", "إصابة"),
    ],
)
def test_common_misspelling_is_the_word_that_is_meant(analyzer: Analyzer, written: str, meant: str) -> None:
    assert analyzer.stem(written) == analyzer.stem(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتابة", "كتاب"),
        ("جراحة", "جراح"),
        ("تغطية", "تغطي"),
        ("تعدين", "تعد"),
        ("التهام", "تهام"),
        ("سيرة", "يرة"),
        ("كانون", "كان"),
        ("ناسا", "ناس"),
        ("سيدني", "سيد"),
        ("وقار", "قار"),
    ],
)
def test_ends_and_names_that_only_look_alike_stay_apart(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.stem(one) != analyzer.stem(other)


def test_singular_asks_for_a_plural_that_is_another_word_as_well_but_not_the_reverse(analyzer: Analyzer) -> None:
    assert analyzer.stem("علماء") in analyzer.stems_of("عالم")
    assert analyzer.stem("علماء") in analyzer.stems_of("والعالم")
    assert analyzer.stem("علماء") not in analyzer.stems_of("العالمية")
    assert analyzer.stem("عالم") not in analyzer.stems_of("علماء")


def test_lists_of_a_user_add_to_the_shipped_ones() -> None:
    added = (("plurals.tsv", "قلز\tأقلاز\n"), ("ambiguous.tsv", "قلز\tقلزات\n"), ("aliases.tsv", "قلزان\tقلظان\n"))
    analyzer = Analyzer(lexicon(added))
    assert analyzer.stem("الأقلاز") == analyzer.stem("قلز")
    assert analyzer.stem("قلزات") in analyzer.stems_of("قلز")
    assert ("قلزان", "قلظان") in analyzer.lexicon.aliases


@pytest.mark.parametrize(
    ("one", "other"),
    [("وزير", "زير"), ("لبنان", "لبن"), ("البحر", "حر"), ("الفكرة", "كرة"), ("كتاب", "تاب"), ("فلسطين", "لسط")],
)
def test_letters_of_the_root_are_not_taken_for_clitics(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.stem(one) != analyzer.stem(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x6FF)))
def test_words_stand_where_they_say(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert token.folded


@given(st.text(max_size=60))
def test_any_text_can_be_analysed(text: str) -> None:
    analyzer = Analyzer(lexicon())
    for term in analyzer.analyze(text):
        assert " " not in term.stem
