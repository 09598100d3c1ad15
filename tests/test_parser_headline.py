"""The headline where page and metadata disagree, or where nothing marks it."""

from __future__ import annotations

import pytest

from tests.test_parser import FIRST, HEADLINE, SECOND, THIRD, article, body_of, page, story

TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


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
    assert found.published_at is not None
    assert found.published_at.value == "2008-07-17"
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
    assert found.published_at is not None
    assert found.published_at.value == "2016-03-14"
