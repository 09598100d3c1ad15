"""The headline where page and metadata disagree, or where nothing marks it."""

from __future__ import annotations

import pytest

from newsarchive.models import Article
from newsarchive.parser import parse
from tests.test_parser import FIRST, HEADLINE, SECOND, TEXT, THIRD, article, body_of, page, story


def stated(found: Article) -> str | None:
    return found.published_at.value if found.published_at else None


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def test_the_one_heading_of_an_arabic_page_stands_against_titles_for_search_engines() -> None:
    stated = "السهل: بئر واحدة لمئة وعشرين بيتاً"
    assert article(page(story(), head=og(stated), title=stated)).headline == HEADLINE


def test_a_badge_in_the_heading_is_its_label() -> None:
    html = page(
        story().replace("<h1>", '<h1><span class="badge">عاجل</span> '),
        head=og(f"السهل | {HEADLINE}"),
        title=f"السهل | {HEADLINE}",
    )
    assert (article(html).headline, article(html).labels) == (HEADLINE, ("عاجل",))


def test_a_kicker_that_metadata_gives_as_part_of_the_headline_is_one() -> None:
    whole = "Bakers: “I rise at two”"
    html = page(
        f'<article><h1><span class="x__kicker">Bakers:</span> “I rise at two”</h1>{TEXT}</article>',
        head=og(whole),
        title=whole,
    )
    assert article(html).headline == whole


@pytest.mark.parametrize("name", ["newstitle", "news_title", "title"])
def test_a_line_named_after_headlines_is_one_on_a_page_that_has_none(name: str) -> None:
    rows = f'<tr><td class="{name}">{HEADLINE}</td></tr><tr><td>الخميس 17 تموز 2008 - بغداد - أ ف ب</td></tr>'
    html = page(
        f"<table>{rows}<tr><td class='t'>{FIRST}<br>{SECOND}<br>{THIRD}</td></tr></table>", title="السهل الأخضر"
    )
    found = article(html)
    assert found.headline == HEADLINE
    assert stated(found) == "2008-07-17"
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_the_name_of_a_blog_over_all_its_posts_is_no_headline() -> None:
    post = f"<div class='post'><h3 class='post-title'>{HEADLINE}</h3><div class='post-body'>{TEXT}</div></div>"
    day = "<h2 class='date-header'><span>الاثنين، 14 مارس 2016</span></h2>"
    html = page(
        f"<div><h1 class='title'>دفتر القرية القديمة</h1></div><div class='outer'>{day}<div>{post}</div></div>",
        head=og(HEADLINE),
        title=f"دفتر القرية القديمة: {HEADLINE}",
    )
    found = article(html)
    assert found.headline == HEADLINE
    assert stated(found) == "2016-03-14"


def test_a_cell_with_headline_date_and_section_is_read_in_full() -> None:
    cell = (
        f"<font><b>{HEADLINE}</b></font><br>"
        "<font>كتبها <a href='/u'>admin</a> في الأربعاء 15 شباط 2006 (09:40 صباحا)<br>"
        "الموضوع: <a href='/topic/7'><b>بيئة</b></a> (1203 قراءة)</font>"
    )
    rows = f"<tr><td>{cell}</td></tr><tr><td>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</td></tr>"
    html = page(f"<a href='/topic/7'>بيئة</a><table><tr><td><table>{rows}</table></td></tr></table>")
    found = article(html)
    assert (found.headline, found.section) == (HEADLINE, "بيئة")
    assert stated(found) == "2006-02-15T09:40"
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_a_label_of_old_systems_is_the_headline_and_the_lines_at_the_end_are_none_of_the_text() -> None:
    label = f'<span id="lblNewsTitle" class="NewsTitle">{HEADLINE}</span>'
    ends = "<p>(بترا) ح خ/ ر ق</p><p>12/5/2014 - 02:13 م</p>"
    body = f'<div class="NewsBody">{TEXT}{ends}</div>'
    html = page(f"<table><tr><td>{label}</td></tr><tr><td>{body}</td></tr></table>", title="وكالة السهل")
    found = parse(html, url="https://sahl.example/details.aspx?NewsID=150214")
    assert found is not None
    assert found.headline == HEADLINE
    assert [credit.name for credit in found.credits] == ["بترا"]
    assert stated(found) == "2014-05-12T14:13"
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND, THIRD]


def test_figures_at_the_end_are_no_date() -> None:
    last = "Lieferbar: 12 ml, 125 ml, 450 ml, 1 L"
    assert body_of(page(story(FIRST, SECOND, THIRD, last)))[-1] == last


def test_the_time_of_a_broadcast_at_the_end_is_not_that_of_the_story() -> None:
    html = page(story(FIRST, SECOND, THIRD, "برنامج: صباح السهل، 24.04.2024، 15:10"))
    found = parse(html, url="https://sahl.example/news/well")
    assert found is not None
    assert found.published_at is None


def test_large_letters_make_a_headline_where_nothing_else_does() -> None:
    head = f'<td><b><font size="5">{HEADLINE}</font></b></td>'
    rows = (
        f"<tr>{head}</tr><tr><td>الأحد 21 كانون الثاني 2007</td></tr><tr><td>{FIRST}<br>{SECOND}<br>{THIRD}</td></tr>"
    )
    found = article(page(f"<table>{rows}</table>", title="صحيفة السهل الأخضر - طباعة"))
    assert found.headline == HEADLINE


def test_a_heading_over_the_story_is_the_headline_of_a_page_that_nothing_else_names() -> None:
    html = page(f"<div><h3>آخر الأخبار</h3></div><div><h3>{HEADLINE}</h3><div>{TEXT}</div></div>", title="السهل")
    assert article(html).headline == HEADLINE
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_a_heading_that_leads_home_is_the_name_of_the_site() -> None:
    banner = "<h1><a href='https://sahl.example/'>أوراق السهل القديمة</a></h1>"
    html = page(
        f"<div>{banner}</div><div><h3>{HEADLINE}</h3><div>{TEXT}</div></div>", title=f"أوراق السهل القديمة: {HEADLINE}"
    )
    assert article(html).headline == HEADLINE


def test_a_raised_mark_behind_a_heading_is_no_part_of_it() -> None:
    html = page(
        f'<div><h2 class="itemTitle">{HEADLINE} <span><sup>مميز</sup></span></h2>'
        f'<span class="itemAuthor">سناء الجندي</span><div>{TEXT}</div></div>'
    )
    assert article(html).headline == HEADLINE
    assert article(html).provenance["headline"].rule == "heading"
    assert article(html).authors == ("سناء الجندي",)


def test_a_heading_in_a_link_without_an_address_is_the_headline() -> None:
    html = page(
        f"<div><h1><a title='x'>{HEADLINE}</a></h1><span class='date'>3 أيار 2024</span></div>{FIRST}<br>{SECOND}"
    )
    assert article(html).provenance["headline"].rule == "h1"


def test_a_headline_that_is_nothing_but_a_label_is_read_without_an_error() -> None:
    found = article(
        page(f"<article><h1>عاجل</h1><div>محليات</div><p>{FIRST}</p><p>{SECOND}</p></article>", title="عاجل")
    )
    assert found.section is None
