"""Credits inside paragraphs: datelines and ends. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.parser.datelines import dateline, trailing_credit

OUTLET = ("آدار برس", "Adar Press", "adarpress.net")

DATELINES = [
    ("بيروت - (أ ف ب) - قال", ["أ ف ب"], "قال"),
    ("بيروت (أ ف ب) - قال", ["أ ف ب"], "قال"),
    ("واشنطن (رويترز) - قال", ["رويترز"], "قال"),
    ("واشنطن/موسكو (رويترز) - قال", ["رويترز"], "قال"),
    ("دمشق، سوريا (CNN) -- قال", ["CNN"], "قال"),
    ("دبي، الإمارات العربية المتحدة (CNN)-- قال", ["CNN"], "قال"),
    ("القاهرة 26 أبريل (شينخوا) -- قال", ["شينخوا"], "قال"),
    ("عمان 26 نيسان (بترا)- قال", ["بترا"], "قال"),
    ("وادي السرو (أ ف ب) - قال", ["أ ف ب"], "قال"),
    ("الرياض 05 ربيع الأول 1439 هـ الموافق 23 نوفمبر 2017 م واس قال", ["واس"], "قال"),
    ("دمشق-سانا قال", ["سانا"], "قال"),
    ("دمشق - سانا\nقال", ["سانا"], "قال"),
    ("غزة - معا - قال", ["معا"], "قال"),
    ("واع - بغداد\nقال", ["واع"], "قال"),
    ("إسطنبول/ الأناضول/ قال", ["الأناضول"], "قال"),
    ("رويترز - قال", ["رويترز"], "قال"),
    ("(رويترز) - قال", ["رويترز"], "قال"),
    ("(رويترز) قال", ["رويترز"], "قال"),
    ("لندن: «القدس العربي» قال", ["القدس العربي"], "قال"),
    ("عواصم - وكالات - قال", ["وكالات"], "قال"),
    ("عواصم - وكالات: قال", ["وكالات"], "قال"),
    ("باريس - رويترز وأ ف ب - قال", ["رويترز", "أ ف ب"], "قال"),
    ("الدوحة في 3 مارس /قنا/ قال", ["قنا"], "قال"),
    ("الدوحة - قنا: قال", ["قنا"], "قال"),
    ("المنامة في 04 يونيو/ بنا / قال", ["بنا"], "قال"),
    ("الكويت - 4 - 6 (كونا) -- قال", ["كونا"], "قال"),
    ("نواكشوط، 15 مايو 2024 (وما) - قال", ["وما"], "قال"),
    ("رام الله 3-3-2024 وفا- قال", ["وفا"], "قال"),
    ("أتلانتا، الولايات المتحدة الأمريكية (CNN)-- قال", ["CNN"], "قال"),
    ("«رويترز» - قال", ["رويترز"], "قال"),
    ("واشنطن- «رويترز»: قال", ["رويترز"], "قال"),
    ("آدار برس - دمشق: قال", [], "قال"),
    ("BEIRUT (AFP) - He", ["AFP"], "He"),
    ("WASHINGTON, April 26 (Reuters) - He", ["Reuters"], "He"),
]

NO_DATELINES = [
    "بيروت - قال",
    "قالت رويترز إن المحادثات تأجلت",
    "رويترز: المحادثات تأجلت",
    "العالم - كما لم تره",
    "الجزيرة - تلك المنطقة الواسعة - تشهد",
    "دمشق - الجزيرة العربية تشهد حراً",
    "دمشق (العاصمة) - قال",
    "وكالة الأنباء (أ ف ب) قالت",
    "أعلنت شركة الواحة (رويترز تملك حصة) أن",
    "قوات النظام - رويترز تقول",
    "أظهر استطلاع (رويترز/الواحة) أن",
    "وصلت القافلة (رويترز) إلى",
    "قنا - قال",
    "محمد علي - أحمد حسن",
    "وات",
    "",
]

TRAILING = [
    ("انتهى الاجتماع. --(بترا)", ["بترا"], "انتهى الاجتماع."),
    ("انتهى الاجتماع --(بترا) ف م/س ع", ["بترا"], "انتهى الاجتماع"),
    ("انتهى الاجتماع. (وكالات)", ["وكالات"], "انتهى الاجتماع."),
    ("انتهى الاجتماع (رويترز).", ["رويترز"], "انتهى الاجتماع"),
    ("انتهى الاجتماع (أ ف ب، رويترز)", ["أ ف ب", "رويترز"], "انتهى الاجتماع"),
    ("انتهى الاجتماع. (معا)", ["معا"], "انتهى الاجتماع."),
    ("انتهى الاجتماع /سانا/", ["سانا"], "انتهى الاجتماع"),
    ("انتهى الاجتماع. //واس// 17:30", ["واس"], "انتهى الاجتماع."),
    ("انتهى الاجتماع. - رويترز", ["رويترز"], "انتهى الاجتماع."),
    ("انتهى الاجتماع. المصدر: رويترز", ["رويترز"], "انتهى الاجتماع."),
    ("انتهى الاجتماع. / أ ف ب", ["أ ف ب"], "انتهى الاجتماع."),
    ("انتهى الاجتماع. (د ب أ) ط م/ م ل", ["د ب أ"], "انتهى الاجتماع."),
    ("انتهى الاجتماع. (آدار برس - رويترز)", ["رويترز"], "انتهى الاجتماع."),
    ("انتهى الاجتماع.\nالمصدر: الجزيرة + وكالات", ["الجزيرة", "وكالات"], "انتهى الاجتماع."),
    ("انتهى الاجتماع. (آدار برس)", [], "انتهى الاجتماع."),
    ("انتهى الاجتماع. المصدر (سكاي نيوز)", ["سكاي نيوز"], "انتهى الاجتماع."),
    ("انتهى الاجتماع. (واج - وكالات)", ["واج", "وكالات"], "انتهى الاجتماع."),
    ("The meeting ended. (AFP)", ["AFP"], "The meeting ended."),
]

NO_TRAILING = [
    "بحسب وكالة الأنباء الفرنسية (أ ف ب).",
    "كما نقلت صحيفة الغارديان (The Guardian)",
    "كما قالت رويترز.",
    "حسب ما قال لوكالة «رويترز»",
    "قررت منظمة الواحة (ذات النفع العام)",
    "سافر إلى أقصى الأرض (العالم)",
    "انتهى الاجتماع. (العالم)",
    "لا يعرف أحد أكد المصدر: لا شيء هناك اليوم ولا غداً",
    "القدرة 10 وات",
    "",
]


@pytest.mark.parametrize(("paragraph", "expected", "prose"), DATELINES)
def test_a_dateline_credits(paragraph: str, expected: list[str], prose: str) -> None:
    found = dateline(paragraph, outlet=OUTLET)
    assert found is not None
    credited, end = found
    assert [credit.name for credit in credited] == expected
    assert paragraph[end:] == prose


@pytest.mark.parametrize("paragraph", NO_DATELINES)
def test_other_beginnings_are_no_datelines(paragraph: str) -> None:
    assert dateline(paragraph, outlet=OUTLET) is None


def test_the_dateline_of_the_outlet_itself_credits_nobody() -> None:
    found = dateline("دمشق، سوريا (CNN) -- قال", outlet=("arabic.cnn.com",))
    assert found == ((), len("دمشق، سوريا (CNN) -- "))


@pytest.mark.parametrize(("paragraph", "expected", "prose"), TRAILING)
def test_the_end_of_a_paragraph_credits(paragraph: str, expected: list[str], prose: str) -> None:
    found = trailing_credit(paragraph, outlet=OUTLET)
    assert found is not None
    credited, start = found
    assert [credit.name for credit in credited] == expected
    assert paragraph[:start] == prose


@pytest.mark.parametrize("paragraph", NO_TRAILING)
def test_other_ends_are_no_credits(paragraph: str) -> None:
    assert trailing_credit(paragraph, outlet=OUTLET) is None


@given(st.text(alphabet=st.sampled_from(list("آدار برس رويترز أفب()-–ـ/:،,«»\n.+|و 26 المصدر BbCN")), max_size=60))
def test_offsets_lie_within_the_paragraph(text: str) -> None:
    for found in (dateline(text), trailing_credit(text)):
        assert found is None or 0 <= found[1] <= len(text)


@given(st.text(max_size=120))
def test_unicode_at_large_is_read_without_an_error(text: str) -> None:
    for found in (dateline(text), trailing_credit(text)):
        assert found is None or 0 <= found[1] <= len(text)
