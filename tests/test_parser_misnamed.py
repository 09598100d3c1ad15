"""Pages whose names mislead: classes that systems write by themselves, and furniture that no name tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.test_parser import FIRST, HEADLINE, SECOND, THIRD, article, body_of, page, published, story

FETCHED = datetime(2024, 5, 10, 9, 0, tzinfo=UTC)
STAMP = '<time datetime="2024-05-03T08:15:00+03:00">الجمعة</time>'


@pytest.mark.parametrize("name", ["ArticleHeaderComment", "content-sidebar", "video-header", "latest-head"])
def test_a_header_named_after_furniture_shows_author_and_date(name: str) -> None:
    head = (
        f'<header class="{name}"><h1>{HEADLINE}</h1><div><span class="author">سناء الجندي</span>{STAMP}</div></header>'
    )
    html = page(f"<article>{head}<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div></article>")
    assert article(html).authors == ("سناء الجندي",)
    assert published(html)[0] == "2024-05-03T08:15:00+03:00"


def test_a_long_comment_names_no_author_of_the_story() -> None:
    words = "قرأت الخبر مرتين وأظن أن البلدة كانت تحتاج إلى هذه البئر منذ زمن بعيد، فشكراً لمن عمل فيها. " * 2
    comment = f'<li class="comment"><div class="comment-author"><b>سامي رافع</b></div><p>{words}</p></li>'
    html = page(story(after=f'<div id="comments"><ol class="comment-list">{comment}</ol></div>'))
    assert article(html).authors == ()


def test_a_time_inside_a_paragraph_above_the_story_is_read() -> None:
    line = f'<p class="x">تقرير من مكتب البلدة القديمة، نشر يوم {STAMP}</p>'
    assert published(page(story(before=line)))[0] == "2024-05-03T08:15:00+03:00"
