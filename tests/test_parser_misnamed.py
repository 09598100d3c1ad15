"""Pages whose names mislead: classes that systems write by themselves, and furniture that no name tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.parser import parse
from tests.test_parser import FIRST, HEADLINE, SECOND, THIRD, URL, article, body_of, page, published, story

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


def test_a_script_beside_a_name_or_a_picture_is_no_text_of_theirs() -> None:
    byline = '<div class="byline"><b>سناء الجندي</b><script>var author = "بقلم عمر الخطيب";</script></div>'
    data = f'<script type="application/ld+json">{{"@type": "ImageObject", "caption": "{"صورة البئر " * 40}"}}</script>'
    figure = (
        f'<div class="photo-box"><a href="/1.jpg"><img src="/1.jpg">{data}</a><div>عمال عند فوهة البئر.</div></div>'
    )
    html = page(story(FIRST, figure, SECOND, THIRD, before=byline))
    assert article(html).authors == ("سناء الجندي",)
    assert body_of(html) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "figure",
    [
        '<div class="f4"><img src="/1.jpg" alt="عمال عند فوهة البئر"></div><div class="f5">عمال عند فوهة البئر</div>',
        "<figure><img src='/1.jpg'><figcaption>عمال عند فوهة البئر</figcaption></figure><p>عمال عند فوهة البئر</p>",
    ],
)
def test_a_line_that_a_picture_bears_as_its_own_text_is_a_caption(figure: str) -> None:
    html = page(f"<article><h1>{HEADLINE}</h1><div><p>{FIRST}</p>{figure}<p>{SECOND}</p><p>{THIRD}</p></div></article>")
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_components_of_a_publishing_system_are_no_consent_box() -> None:
    parts = "".join(
        f'<div class="cmp cmp-text"><p>{text}</p></div>' for text in (FIRST, SECOND, THIRD, FIRST[:-1] + "!")
    )
    assert len(body_of(page(f"<article><h1>{HEADLINE}</h1><div>{parts}</div></article>"))) == 4


def test_a_date_with_buttons_to_share_beside_it_is_read() -> None:
    buttons = (
        "<a>انسخ الرابط</a><a>أرسل بالبريد</a><button>قبل الاستماع إلى النص يرجى الموافقة على شروط الخصوصية.</button>"
        * 3
    )
    line = f'<div class="DateAndShare"><div>3 أيار 2024 08:15</div>{buttons}</div>'
    html = page(f"<div><div><h1>{HEADLINE}</h1>{line}</div>{'<br>'.join([FIRST, SECOND, THIRD] * 3)}</div>")
    assert published(html)[0] == "2024-05-03T08:15"


def test_a_name_that_every_part_of_the_story_bears_tells_nothing() -> None:
    texts = [FIRST, SECOND, THIRD, FIRST.replace("بئر", "عين")]
    parts = "".join(f'<section class="Report__Section--Ads"><p>{text}</p></section>' for text in texts)
    assert body_of(page(f"<article><h1>{HEADLINE}</h1>{parts}</article>")) == texts


@pytest.mark.parametrize(
    ("line", "url", "value"),
    [
        ("03.05.24 | 08:15", "https://sahl.example/2024/05/well.html", "2024-05-03"),
        ("03.05.24", "https://sahl.example/2024/06/well.html", None),
        ("03.05.24", "https://sahl.example/well.html", None),
    ],
)
def test_a_year_of_two_digits_is_read_where_the_address_tells_it(line: str, url: str, value: str | None) -> None:
    assert published(page(story(before=f"<div>{line}</div>")), url=url)[0] == value


def test_a_long_announcement_that_ends_with_a_colon_is_no_paragraph() -> None:
    announcement = "watch | أهالي البلدة يروون كيف حفروا البئر وكيف جمعوا المال خلال أشهر الصيف الطويلة:"
    assert body_of(page(story(FIRST, SECOND, announcement, THIRD))) == [FIRST, SECOND, THIRD]


def test_what_comes_again_and_again_stands_for_embeds_that_are_not_shown() -> None:
    refusal = "<div><p>إعدادات الخصوصية لديك تحجب المقاطع المضمنة في هذه الصفحة.</p></div>"
    html = page(story(FIRST, refusal, SECOND, refusal, THIRD, refusal))
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_a_story_printed_three_times_is_kept() -> None:
    assert body_of(page(story(*[FIRST, SECOND, THIRD] * 3)))[:3] == [FIRST, SECOND, THIRD]


def test_a_consent_box_is_no_story_though_the_page_has_no_other_text() -> None:
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{HEADLINE}"}}</script>'
    texts = "".join(
        f"<p>{words}</p>" for words in ("نستخدم في هذا الموقع ملفات لحفظ ما تختارونه عند زيارتكم له. " * 4, FIRST)
    )
    box = f'<div class="gdpr-consent-modal"><div><h2>نظرة عامة على الخصوصية</h2>{texts}</div></div>'
    assert parse(page(f"<div><h1>{HEADLINE}</h1></div>{box}", head=head), url=URL) is None


def test_a_long_list_is_not_the_whole_of_the_body_that_it_stands_in() -> None:
    items = "".join(f"<li>{text}</li>" for text in (FIRST, SECOND, THIRD))
    body = f'<div class="entry-content"><p>برنامج الأسبوع:</p><ol>{items}</ol></div>'
    assert body_of(page(f"<article><h1>{HEADLINE}</h1>{body}</article>")) == ["برنامج الأسبوع:", FIRST, SECOND, THIRD]


def test_a_short_line_that_ends_with_a_picture_agency_is_the_credit_of_a_picture() -> None:
    told = "وقالت الشركة إنها اشترت حقوق الصور كلها من Getty Images."
    assert body_of(page(story(FIRST, "Sanaa Jundi/AFP via Getty Images", SECOND, told, THIRD))) == [
        FIRST, SECOND, told, THIRD,
    ]  # fmt: skip


def test_a_picture_between_headline_and_story_has_a_caption_and_no_lead() -> None:
    caption = "عمال من البلدة القديمة يرفعون الحجارة عند فوهة البئر الجديدة في الساحة قبل غروب الشمس بقليل."
    picture = f'<div class="photo-top"><img src="/1.jpg"><span>{caption}</span></div>'
    assert body_of(page(story(before=picture))) == [FIRST, SECOND, THIRD]


def test_the_face_of_the_author_makes_no_picture_of_the_lead() -> None:
    lead = "تكفي البئر الجديدة مئة وعشرين بيتاً في البلدة القديمة، والماء على عمق أربعين متراً"
    top = f'<div class="top"><h2>{lead}</h2><div><img src="/face.jpg"><span>سناء الجندي</span></div></div>'
    assert body_of(page(story(before=top))) == [lead, FIRST, SECOND, THIRD]


@pytest.mark.parametrize("address", ["/author/sanaa", "https://sahl.example/ar/writers/441/sanaa/", "/profile/441"])
def test_a_link_above_the_story_to_a_persons_page_names_the_author(address: str) -> None:
    line = f'<div class="k2"><a href="{address}">سناء الجندي</a></div>'
    assert article(page(story(before=line))).authors == ("سناء الجندي",)


def test_a_lead_that_the_page_describes_itself_with_is_read_out_of_a_misnamed_list() -> None:
    lead = "تكفي البئر الجديدة مئة وعشرين بيتاً في البلدة القديمة، والماء على عمق أربعين متراً"
    head = f'<meta name="description" content="{lead}">'
    html = page(story(before=f'<ul class="footer"><li><h2>{lead}</h2></li><li>مشاركة</li></ul>'), head=head)
    assert body_of(html) == [lead, FIRST, SECOND, THIRD]


def test_a_line_below_the_story_in_the_footer_of_a_post_tells_the_date() -> None:
    line = '<div class="post-footer">نشر هذا الخبر يوم 3 أيار 2024 في <a href="/c/3">محليات</a></div>'
    assert published(page(story(after=line)), url="https://sahl.example/n?id=441")[0] == "2024-05-03"


def test_a_date_in_the_words_of_a_lead_is_not_that_of_the_publication() -> None:
    lead = "<p>تكفي البئر التي بدأ حفرها يوم <b>1 أيار 2023</b> حاجة مئة وعشرين بيتاً في البلدة القديمة كلها.</p>"
    assert published(page(story(before=lead)), url="https://sahl.example/n?id=441")[0] is None


def test_the_refrain_of_a_poem_is_kept() -> None:
    refrain = "يا بئر أهلي في الساحة القديمة جودي بالماء"
    verses = "<br>".join([FIRST, refrain, SECOND, refrain, THIRD, refrain])
    assert body_of(page(f"<article><h1>{HEADLINE}</h1><div>{verses}</div></article>")).count(refrain) == 3


def test_a_lead_that_a_picture_bears_as_its_text_is_kept() -> None:
    head = f'<meta property="og:description" content="{FIRST}">'
    picture = f'<img src="/1.jpg" alt="{FIRST}">'
    assert body_of(page(story(picture, FIRST, SECOND, THIRD), head=head)) == [FIRST, SECOND, THIRD]


def test_the_margin_beside_the_story_names_author_and_date() -> None:
    margin = f'<aside><div><span class="author">سناء الجندي</span><div>{STAMP}</div></div></aside>'
    html = page(story(before=margin))
    assert article(html).authors == ("سناء الجندي",)
    assert published(html)[0] == "2024-05-03T08:15:00+03:00"


@pytest.mark.parametrize(
    "line",
    [
        '<div class="timestamp">Updated <time datetime="2025-04-03T09:12:41+00:00">Apr 3, 2025, 9:12 AM</time></div>',
        "<div><span>آخر تحديث</span> <span>الثلاثاء 08 نيسان 2025 - 09:05</span></div>",
    ],
)
def test_a_date_that_only_tells_of_a_change_is_not_that_of_publication(line: str) -> None:
    found = parse(page(story(before=line)), url="https://sahl.example/news/well")
    assert found is not None
    assert found.published_at is None
    assert found.modified_at is not None
    assert found.modified_at.value.startswith("2025-04-0")


@pytest.mark.parametrize("name", ["-", "pane-comment-free pane", "x-ad-free", "vc-data-source-post_title"])
def test_a_name_that_only_sounds_like_furniture_is_none(name: str) -> None:
    html = page(f'<div><h1>{HEADLINE}</h1><div class="{name}"><p>{FIRST}</p><p>{SECOND}</p></div><p>{THIRD}</p></div>')
    assert body_of(html) == [FIRST, SECOND, THIRD]
    assert article(html).source is None


TEXT = "The well in the old square was dug after a dry summer, and the whole village shared its cost for three months."


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en-US", TEXT, None),
        ("en", TEXT, None),
        ("", TEXT, None),
        ("en-GB", TEXT, "2017-11-03"),
        ("en-EG", TEXT, "2017-11-03"),
        ("nl", TEXT, "2017-11-03"),
        ("en", FIRST, "2017-11-03"),  # of a template, on a page in Arabic
    ],
)
def test_a_day_that_english_tells_in_two_ways_is_none(language: str, text: str, day: str | None) -> None:
    html = page(story(text, text[:-1] + " too.", before="<div>3/11/2017</div>"))
    html = html.replace(b'lang="ar"', f'lang="{language}"'.encode())
    assert published(html, url="https://sahl.example/n?id=4")[0] == day
    by_zone = published(html, url="https://www.almasryalyoum.com/n?id=4")[0]
    assert by_zone == (None if language == "en-US" else "2017-11-03")
    hijri = html.replace(b"3/11/2017", b"5/10/1441 H")
    assert published(hijri, url="https://sahl.example/n?id=4")[0] == (None if day is None else "2020-05-28")
    dated = html.replace(b"3/11/2017", b"Friday 3/11/2017")
    assert published(dated, url="https://sahl.example/n?id=4")[0] == "2017-11-03"
    dotted = html.replace(b"3/11/2017", b"3.11.2017")
    assert published(dotted, url="https://sahl.example/n?id=4")[0] == "2017-11-03"
