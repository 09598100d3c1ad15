"""The word lists of search keep what their headers promise: nothing here is about the analyzer that reads them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from importlib.resources import files
from itertools import chain

import pytest

from newsarchive.arabic import fold, spelling, tokens

LISTS = ("plurals.tsv", "ambiguous.tsv", "irregular.tsv", "aliases.tsv", "stopwords.txt")
ARTICLE = "\u0627\u0644"  # alef lam


def read(name: str) -> str:
    return (files("newsarchive") / "data" / name).read_text(encoding="utf-8")


def entries(name: str) -> list[str]:
    return [line for line in read(name).split("\n") if line and not line.startswith("#")]


def plurals() -> list[tuple[str, list[str]]]:
    pairs = (line.split("\t") for line in entries("plurals.tsv"))
    return [(singular, forms.split(" ")) for singular, forms in pairs]


def aliases() -> list[list[str]]:
    return [line.split("\t") for line in entries("aliases.tsv")]


def words_of(form: str) -> str:
    """Return what a search compares of a form: its folded words."""
    return " ".join(token.folded for token in tokens(form))


def without_article(words: str) -> str:
    return words.removeprefix(ARTICLE) if len(words) > 4 else words


def repeated(forms: list[str]) -> list[str]:
    return [form for form, times in Counter(forms).items() if times > 1]


def is_one_plain_word(form: str) -> bool:
    """Arabic letters only: no harakat, no tatweel, no blank."""
    return all(unicodedata.category(letter) == "Lo" for letter in form) and len(tokens(form)) == 1


@pytest.mark.parametrize("name", LISTS)
def test_list_says_how_to_extend_it_and_under_which_licence(name: str) -> None:
    header = "".join(line for line in read(name).splitlines(keepends=True)[:30] if line.startswith("#"))
    assert "newsarchive reindex" in header
    assert "Licence: Apache-2.0" in header


@pytest.mark.parametrize("name", LISTS)
def test_list_is_plain_text_without_invisible_characters(name: str) -> None:
    text = read(name)
    invisible = {c for c in text if unicodedata.category(c) in {"Cf", "Cc"}} - {"\n", "\t"}
    assert invisible == set()
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith("\n")
    assert [line for line in text.split("\n") if line != line.strip()] == []


def test_plurals_cover_the_language_of_news() -> None:
    assert len(plurals()) >= 2000


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("وزير", "وزراء"), ("قرية", "قرى"), ("امرأة", "نساء"), ("كردي", "أكراد"), ("قاضي", "قضاة"), ("ماء", "مياه")],
)
def test_plurals_know_everyday_words(singular: str, plural: str) -> None:
    assert plural in dict(plurals())[singular]


def test_word_has_one_base_in_all_lists() -> None:
    bases: dict[str, set[str]] = {}
    for name in ("plurals.tsv", "irregular.tsv"):
        for line in entries(name):
            base, *forms = line.split()
            for form in (base, *forms):
                bases.setdefault(spelling(form), set()).add(spelling(base))
    of_two = {form for form, found in bases.items() if len(found) > 1}
    # a plural in one list that is another's plural with its ة left out: فرق of فريق and of فرقة
    assert of_two == {spelling(word) for word in ("بئر", "ثغر", "فرق")}


def test_ambiguous_plural_is_no_plural_elsewhere() -> None:
    known = {fold(form) for _, forms in plurals() for form in forms}
    further = [form for line in entries("ambiguous.tsv") for form in line.split()[1:]]
    assert [form for form in further if fold(form) in known or not is_one_plain_word(form)] == []


def test_plurals_are_single_plain_words() -> None:
    forms = chain.from_iterable([singular, *forms] for singular, forms in plurals())
    assert [form for form in forms if not is_one_plain_word(form)] == []


def test_plurals_stand_in_the_order_of_their_singulars() -> None:
    singulars = [singular for singular, _ in plurals()]
    assert singulars == sorted(singulars)


def test_form_belongs_to_one_singular_only() -> None:
    forms = chain.from_iterable([singular, *forms] for singular, forms in plurals())
    assert repeated([fold(form) for form in forms]) == []


@pytest.mark.parametrize("ending", ["ات", "ون", "ين", ""])
def test_plurals_leave_out_what_an_ending_tells(ending: str) -> None:
    exceptions = {("سنة", "سنين"), ("سنة", "سنون"), ("فن", "فنون"), ("ظن", "ظنون")}
    told = [
        (singular, form)
        for singular, forms in plurals()
        for form in forms
        if fold(form) == fold(singular).removesuffix(fold("ة")) + ending
    ]
    assert set(told) - exceptions - {("قرية", "قرى"), ("دمية", "دمى")} == set()


def test_aliases_cover_the_names_of_news() -> None:
    assert len(aliases()) >= 900


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أمريكا", "أميركا"),
        ("ترامب", "ترمب"),
        ("غوغل", "جوجل"),
        ("كورونا", "كوفيد-19"),
        ("الناتو", "حلف شمال الأطلسي"),
        ("شباط", "فبراير"),
    ],
)
def test_aliases_know_everyday_names(one: str, other: str) -> None:
    assert [one in group and other in group for group in aliases()].count(True) == 1


def test_alias_group_has_several_forms_each_with_words() -> None:
    assert [group for group in aliases() if len(group) < 2 or not all(map(words_of, group))] == []


def test_alias_form_stands_once() -> None:
    assert repeated([words_of(form) for group in aliases() for form in group]) == []


def test_no_two_groups_share_a_form_with_or_without_article() -> None:
    groups = [{without_article(words_of(form)) for form in group} for group in aliases()]
    assert repeated(list(chain.from_iterable(groups))) == []


def test_no_alias_is_the_plural_of_another_word() -> None:
    known = {fold(form) for _, forms in plurals() for form in forms}
    assert [form for group in aliases() for form in group if words_of(form) in known] == []


def test_stopwords_are_a_few_hundred_plain_words() -> None:
    stopwords = entries("stopwords.txt")
    assert 150 <= len(stopwords) <= 250
    assert [word for word in stopwords if not is_one_plain_word(word)] == []


def test_stopword_stands_once() -> None:
    assert repeated([fold(word) for word in entries("stopwords.txt")]) == []


@pytest.mark.parametrize("word", ["من", "في", "على", "هل", "لماذا", "الذي", "كانت"])
def test_question_words_are_stopwords(word: str) -> None:
    assert word in entries("stopwords.txt")


def test_no_stopword_is_a_name_or_a_thing() -> None:
    nouns = chain.from_iterable([singular, *forms] for singular, forms in plurals())
    names = chain.from_iterable(aliases())
    meaning = {fold(noun) for noun in nouns} | {words_of(name) for name in names}
    meaning |= {fold(word) for word in ("أمن", "عام", "أم", "إمام", "أمل", "قال", "ضد")}
    assert [word for word in entries("stopwords.txt") if fold(word) in meaning] == []
