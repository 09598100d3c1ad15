"""Lines taken apart: whole words, the longest form, what separates them."""

from __future__ import annotations

import pytest

from newsarchive.parser.lexicon import Kind, own_names
from newsarchive.parser.wording import Mark, may_name, scan, segments

NOBODY = own_names(())


@pytest.mark.parametrize("word", ["قوات", "أوامر", "الوام", "واسع", "صفاقة", "معارض", "بنائين", "سانات"])
def test_a_short_name_inside_a_word_is_not_found(word: str) -> None:
    assert all(part.kind is not Kind.NAME for part in scan(word, NOBODY))


@pytest.mark.parametrize("form", ["أ ف ب", "أ.ف.ب", "أ. ف. ب.", "أ/ف/ب", "أ-ف-ب", "أ ـ ف ـ ب", "ا ف ب", "أف ب", "أفب"])
def test_an_abbreviation_is_one_however_it_is_dotted(form: str) -> None:
    assert [part.agency for part in scan(form, NOBODY)] == ["وكالة فرانس برس"]


def test_the_longest_form_wins() -> None:
    assert [part.key for part in scan("سكاي نيوز عربية", NOBODY)] == ["سكاي نيوز عربيه"]


def test_a_name_does_not_reach_across_a_dash() -> None:
    assert [part.agency for part in scan("بي بي سي - نيوز", NOBODY)] == ["بي بي سي", None]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("رويترز - سانا", Mark.DASH),
        ("رويترز- سانا", Mark.DASH),
        ("رويترز – سانا", Mark.DASH),
        ("رويترز—سانا", Mark.DASH),
        ("رويترز ـ سانا", Mark.DASH),
        ("رويترزـ سانا", Mark.DASH),
        ("رويترز-سانا", Mark.HYPHEN),
        ("رويترز/سانا", Mark.SLASH),
        ("رويترز | سانا", Mark.SLASH),
        ("رويترز + سانا", Mark.SLASH),
        ("رويترز، سانا", Mark.COMMA),
        ("رويترز: سانا", Mark.COLON),
        ("رويترز (سانا)", Mark.BRACKET),
        ("رويترز\nسانا", Mark.LINE),
        ("رويترز سانا", Mark.NONE),
    ],
)
def test_separators_are_told_apart(line: str, mark: Mark) -> None:
    assert [part.mark for part in scan(line, NOBODY)] == [Mark.NONE, mark]


def test_words_of_a_date_are_a_date_only_beside_a_number() -> None:
    assert [part.kind for part in scan("5 رمضان 1439", NOBODY)] == [Kind.DATE] * 3
    assert [part.kind for part in scan("محمد رمضان", NOBODY)] == [Kind.WORD] * 2


def test_a_marker_gives_its_role_to_all_that_follows() -> None:
    roles = [segment.role for segment in segments("كتب: أحمد علي، سارة حسن - تصوير: سامر خليل", NOBODY)]
    assert roles == [Kind.WRITER, Kind.WRITER, Kind.HELPER]


def test_an_outlet_is_known_by_all_its_names() -> None:
    own = own_names(("arabic.cnn.com",))
    for name in ("CNN", "سي إن إن", "CNN بالعربية", "CNN Arabic"):
        assert [part.kind for part in scan(name, own)] == [Kind.OWN]


def test_prose_is_told_from_lines_of_names_at_once() -> None:
    assert not may_name("أعلنت السلطات المحلية انتهاء أعمال الترميم في الحي القديم", NOBODY)
    assert may_name("أبوظبي - سكاي نيوز عربية", NOBODY)
    assert may_name("المصدر: جهة لا تعرفها القوائم", NOBODY)
