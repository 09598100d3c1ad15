"""Sentences that look like dates, prompts or bylines, and are kept: nothing that people wrote may be lost."""

from __future__ import annotations

import pytest

from newsarchive.parser import parse
from tests.test_parser import FIRST, HEADLINE, SECOND, TEXT, THIRD, article, body_of, page, story


@pytest.mark.parametrize(
    "lines",
    [
        ["تابع وزير الصحة تطبيق الإجراءات الوقائية في المستشفيات."],
        ["تابع الرئيس من أنقرة سير العمليات في الوادي."],
        ["Follow the approach of 2015, he said."],
        ["إذا وجدت خطأ في الحسابات فعليك مراجعة المصرف، يقول الخبير."],
        ["هذا الملخص الذي نشرته الوزارة أثار غضب النقابات في البلاد."],
        ["نهاية تويتر كما نعرفه بعد أن تغير مالكه في الخريف الماضي."],
        ["قتل في القصف يوم 12 مايو 2024 كل من:", "عائلة كاملة من خمسة أشخاص كانت في طريقها إلى البئر."],
        ["مجزرة الوادي 25 أيار 2012", "مجزرة التل 12 تموز 2012", "مجزرة النهر 24 آب 2012"],
        ["استشهد الأسير في السجن يوم 3 آذار 2021"],
        ["ولد في دمشق في 3 آذار 1950", "توفي في بيروت في 4 نيسان 2020"],
        ["وفيما يلي أسماء الضحايا:", "محمد أحمد علي", "خالد محمود حسن", "سامر يوسف إبراهيم"],
        ["الفائزون بالجائزة هم:", "سامر يوسف"],
        ["وجاءت نتائج الأشواط كما يأتي", "25:23", "20:25", "25:18"],
        ["ويرفع الأذان عند الساعة:", "12:05", "وهو موعد يتغير كل يوم."],
    ],
)
def test_the_last_lines_of_a_story_are_kept(lines: list[str]) -> None:
    found = article(page(story(FIRST, SECOND, THIRD, *lines)))
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND, THIRD, *lines]
    assert found.authors == ()


def test_days_that_head_the_parts_of_a_story_are_kept() -> None:
    parts = "".join(f"<h3><time>{day} مايو 2014</time></h3><p>{text}</p>" for day, text in ((12, SECOND), (13, THIRD)))
    item = "<li><time>14 مايو 2014</time> اغتيال {}</li>"
    items = f"<ul>{item.format('الوزير')}{item.format('النائب')}{item.format('القاضي')}</ul>"
    found = body_of(page(f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p>{parts}{items}</article>"))
    told = [f"14 مايو 2014 اغتيال {name}" for name in ("الوزير", "النائب", "القاضي")]
    assert found == [FIRST, "12 مايو 2014", SECOND, "13 مايو 2014", THIRD, *told]


def test_a_place_and_a_person_over_a_part_are_its_heading() -> None:
    found = article(page(story(FIRST, "</p><h3>فرنسا: ماري لوبان</h3><p>", SECOND, THIRD)))
    assert ([each.text for each in found.body], found.authors) == ([FIRST, "فرنسا: ماري لوبان", SECOND, THIRD], ())


def test_a_story_of_one_sentence_with_a_time_is_read() -> None:
    line = "قتل 15 شخصا في هجوم وقع الساعة 10:30 صباح اليوم الثلاثاء في حي الزهراء بمدينة حلب شمالي سوريا"
    assert body_of(page(story(line))) == [line]


def test_a_lead_with_a_time_is_one() -> None:
    lead = "انطلقت الجلسة عند الساعة 11:00 بحضور 120 نائباً من كل الكتل وغياب رئيس البلدية عنها"
    assert body_of(page(story(before=f'<p class="lead">{lead}</p>')))[0] == lead


def test_lines_with_numbers_in_a_block_with_a_time_are_kept() -> None:
    lines = "<br>".join(f"خبر البلدة رقم {n} من عام 2024 في الحي" for n in range(9))
    html = page(
        f"<article><h1>{HEADLINE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{lines}<time>10:32</time></p></div></article>"
    )
    assert len(body_of(html)) >= 2 + 9


def test_an_entry_that_begins_with_its_time_is_kept() -> None:
    entry = "<time>10:32</time> حفر 12 عاملاً وجرح 202 آخرون في العمل"
    assert len(body_of(page(story(FIRST, SECOND, THIRD, entry, FIRST[::-1])))) == 5


def test_rows_of_a_grid_are_no_story() -> None:
    rows = f'<div class="row"><div class="col"><div><h1>{HEADLINE}</h1>{TEXT}</div></div></div>'
    rows += '<div class="row"><p>يحظر نسخ أو إعادة نشر أي مادة من مواد الموقع دون إذن مكتوب من أصحابه.</p></div>'
    assert body_of(page(f'<div class="container">{rows}</div>')) == [FIRST, SECOND, THIRD]


def test_sections_that_each_end_with_a_link_are_one_story() -> None:
    texts = [f"{text} {part}" for text in (FIRST, SECOND, THIRD) for part in ("أولاً", "ثانياً")]
    parts = "".join(f'<div class="p"><div>{text}</div><a href="/r">تقرير الوكالة عن المياه</a></div>' for text in texts)
    assert len(body_of(page(f"<div><h1>{HEADLINE}</h1><div>{parts}</div></div>"))) == len(texts)


def test_a_name_that_is_two_times_the_same_word_is_whole() -> None:
    assert article(page(story(before='<span class="author">محمد محمد</span>'))).authors == ("محمد محمد",)


@pytest.mark.parametrize("source", ["فيسبوك", "صفحة الوزارة على فيسبوك", "دقيقة نيوز"])
def test_a_service_may_be_a_source(source: str) -> None:
    assert article(page(story(FIRST, SECOND, THIRD, f"المصدر: {source}"))).source == f"المصدر: {source}"


def test_a_section_labelled_after_media_is_text() -> None:
    html = page(
        f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p>"
        f'<section aria-labelledby="gallery"><p>{SECOND}</p></section></article>'
    )
    found = parse(html, url="https://sahl.example/news/441-well-in-the-town-square")
    assert found is not None
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND]
