"""Pages of old systems, which name and mark up nothing: PHP-Nuke, FrontPage, DotNetNuke, bulletin boards, e-papers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.parser import read
from tests.test_parser import FIRST, HEADLINE, SECOND, TEXT, THIRD, article, body_of, page, published, story

NUKE = "http://sahl.example/modules.php?name=News&file=article&sid=1143"


def nuke(
    above: str = "أرسلت بواسطة sahl2 في الأربعاء 03 نوفمبر 2004 (107 قراءة)<br>", below: str = "", beside: str = ""
) -> bytes:
    """A story of PHP-Nuke: lines in one cell, between tables, over an imprint."""
    menu = '<td width="150"><font class="content"><a href="index.php">الصفحة الرئيسية</a><br></font></td>'
    cell = f'<td><font class="content">{above}<br>{FIRST}<br><br>{SECOND}<br><br>{THIRD}<br>{below}</font></td>'
    news = f"<table><tr><td><b>{HEADLINE}</b></td></tr><tr>{cell}</tr></table>"
    imprint = "All logos and trademarks in this site are property of their respective owner, who likes them so.<br>" * 3
    return page(
        f"<table><tr>{menu}<td>{news}</td><td>{beside}</td></tr></table><center><font>{imprint}</font></center>",
        title=f"شبكة سهل نت الاخبارية - {HEADLINE}",
    )


def test_an_imprint_at_the_end_of_the_page_is_no_part_of_the_story() -> None:
    assert body_of(nuke()) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("line", ["السهل - جميع الحقوق محفوظة 2004", "Copyright 2004 Sahl. All rights reserved."])
def test_a_story_that_stands_in_one_block_with_its_imprint_is_read(line: str) -> None:
    found = body_of(page(f"<div><h1>{HEADLINE}</h1><div>{FIRST}<br>{SECOND}<br>{THIRD}<br>{line}</div></div>"))
    assert found[:3] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "last", ["وقال إن حقوق الأهالي محفوظة ولن تسقط بالتقادم.", "وأضاف أن الوثائق محفوظة في دار الكتب منذ خمسين عاماً."]
)
def test_a_story_that_speaks_of_rights_is_no_imprint(last: str) -> None:
    lead = f"<p>{FIRST}</p><p>{SECOND}</p>"
    html = page(f"<div><h1>{HEADLINE}</h1><div>{lead}</div><div>{THIRD}<br><br>{last}</div></div>")
    assert body_of(html) == [FIRST, SECOND, THIRD, last]


def test_the_day_beside_who_posted_a_story_is_that_of_its_publication() -> None:
    assert published(nuke(), url=NUKE)[0] == "2004-11-03"


def test_the_day_beside_the_word_for_posting_is_that_of_publication() -> None:
    above = "أرسلت في الخميس 12 تموز 2007 بواسطة sahladmin<br>"
    assert published(nuke(above), url=NUKE)[0] == "2007-07-12"


def test_a_list_that_tells_the_day_of_the_story_under_a_label_is_no_text() -> None:
    facts = (
        "<li><strong>تاريخ</strong> 12.05.2014</li><li><strong>كلمات مفتاحية</strong> <a href='/k/1'>مياه</a>, بئر</li>"
        "<li><strong>الرابط</strong> http://sahl.example/p/1ByQx</li>"
    )
    said = article(page(story(FIRST, SECOND, THIRD, after=f"<ul class=smallList>{facts}</ul>")))
    assert [paragraph.text for paragraph in said.body] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "items",
    [
        ("تاريخ الميلاد: 12 مايو 1965", "المناصب: وزير الخارجية ثم رئيس المجلس"),
        ("سارة حسن 13 مايو 2014", "نور علي 14 مايو 2014"),
        ("التاريخ: 12 مايو 2019", "المكان: قاعة البلدة"),
    ],
)
def test_a_list_of_days_that_the_story_tells_is_text(items: tuple[str, ...]) -> None:
    rows = "".join(f"<li><strong>{item.partition(' ')[0]}</strong> {item.partition(' ')[2]}</li>" for item in items)
    html = page(f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p><ul>{rows}</ul></article>")
    assert body_of(html) == [FIRST, SECOND, *items]
    assert published(html, url="https://sahl.example/n?id=4")[0] is None


def test_a_part_of_the_outlets_name_is_no_credit_and_the_agency_beside_it_is() -> None:
    found = article(nuke("بغداد / سهل نت<br>", below='<div align="left">المصدر : رويترز</div>'))
    assert [credit.name for credit in found.credits] == ["رويترز"]


def test_searches_and_addresses_in_a_box_of_related_links_are_no_stories() -> None:
    links = (
        '<a href="modules.php?name=Search&amp;topic=4">زيادة حول اقتصاد</a>',
        '<a href="http://sahl.example/s/18UqR">http://sahl.example/s/18UqR</a>',
        '<a href="modules.php?name=News&amp;file=article&amp;sid=820">سوق الحي يعود إلى مكانه القديم</a>',
    )
    found = article(nuke(beside=f"<b>روابط ذات صلة</b><br>{'<br>'.join(links)}"))
    assert [link.text for link in found.related] == ["سوق الحي يعود إلى مكانه القديم"]


@pytest.mark.parametrize(
    ("address", "is_story"),
    [
        ("/default.aspx?tabid=61&ctl=Details&mid=410&ItemID=3288", True),
        ("/default.aspx?tabid=61", False),
        ("/innerpage.aspx?detail=8821&cat=6", True),
        ("/index.php?option=com_content&Itemid=7", False),  # of Joomla, where it is a menu's
    ],
)
def test_the_query_of_an_address_tells_a_story_from_a_front_page(address: str, is_story: bool) -> None:
    html = page(f"<div><h1>{HEADLINE}</h1><p>2010/07/14</p><div><p>{FIRST}</p><p>{SECOND}</p></div></div>")
    assert (read(html, url=f"http://sahl.example{address}").article is not None) is is_story


def test_a_board_of_threads_is_no_story() -> None:
    rules = "شروط هذا القسم: يمنع نقل الأخبار من دون ذكر المصدر، ويمنع الخوض في الخلافات، ومن يخالف يحذف موضوعه."
    html = page(f"<h1>منتدى الأخبار</h1><div>{rules}</div><table><tr><td>موضوع</td></tr></table>")
    assert read(html, url="http://sahl.example/vb/forumdisplay.php?f=7").refusal == "section"


@pytest.mark.parametrize(
    "beside", ["", '<td align="middle"><a href="/">السهل</a> - <a href="/n">أخبار البلدة</a></td>']
)
def test_a_centred_line_is_the_headline_where_nothing_else_is(beside: str) -> None:
    lines = (
        f'<p align="center">{HEADLINE}</p>',
        '<p align="center"><font>الثلاثاء 10 حزيران 2008</font></p>',
        *(f'<p align="justify"><font size="4">{text}</font></p>' for text in (FIRST, SECOND, THIRD)),
    )
    html = page(f"<table><tr>{beside}</tr><tr><td>{''.join(lines)}</td></tr></table>", title="السهل")
    found = article(html)
    assert found.headline == HEADLINE
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line", ["جريدة يومية سياسية مستقلة", "تصدر عن دار السهل للنشر", "الخميس 3 مايو 2018 السنة الثانية"]
)
@pytest.mark.parametrize(
    "headline", ["<font size=5>{}</font>", "<div class=headline>{}.</div>", "<p align=center>{}</p>"]
)
def test_a_centred_line_that_a_paper_has_at_its_top_is_no_headline(line: str, headline: str) -> None:
    html = page(f'<p align="center">{line}</p>{headline.format(HEADLINE)}{TEXT}', title="السهل")
    assert (article(html).headline or "").strip(".") == HEADLINE


def test_a_byline_in_great_letters_is_no_headline() -> None:
    byline = "<font size=4>بقلم الدكتور أحمد علي محمد</font>"
    html = page(f'<p align="center"><b>{HEADLINE}</b></p>{byline}{TEXT}', title="السهل")
    assert article(html).headline == HEADLINE


@pytest.mark.parametrize("opening", ["وكالة", "صحيفة", "شبكة", "موقع"])
def test_a_centred_headline_may_begin_with_what_papers_are_called(opening: str) -> None:
    headline = f"{opening} تكشف عن بئر قديمة في 12 مايو 2014 على حدود القرية"
    html = page(f'<p align="center"><b>{headline}</b></p>{TEXT}', title="السهل")
    assert article(html).headline == headline


def test_the_date_over_a_headline_that_stands_with_the_story_is_its_own() -> None:
    over = f'<p><font>الثلاثاء 16 آذار 2004م - الموافق 25 محرم 1425هـ</font></p><p><font size="5">{HEADLINE}</font></p>'
    html = page(f"<table><tr><td>{over}{TEXT}</td></tr></table>", title="New Page 3")
    assert published(html, url="http://sahl.example/p3s2.htm")[0] == "2004-03-16"


@pytest.mark.parametrize(
    ("title", "day"),
    [
        (f"{HEADLINE} | ثقافة ومجتمع | السهل | 09.05.2013", "2013-05-09"),
        (f"{HEADLINE} | حرب 1973", None),
        (f"{HEADLINE} | السهل | اليوم", None),
        (f"{HEADLINE} | 11 سبتمبر 2001", None),
        (f"{HEADLINE} | المصري اليوم | منذ 3 أيام", None),
        (f"{HEADLINE} | السهل | مايو 2018", None),
        (f"{HEADLINE} | السهل | 5 يونيو 1967", None),
        (f"{HEADLINE} | 5 يونيو 2007 | السهل", None),
    ],
)
def test_a_day_in_the_title_is_that_of_publication_where_nothing_else_tells_it(title: str, day: str | None) -> None:
    assert published(page(story(), title=title), url="https://sahl.example/a-16612003")[0] == day


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/sahl13/news2004-08-12-3.html", "2004-08-12"),
        ("/n/news2004-08-12.html?ref=/home", "2004-08-12"),
        ("/n/news2004-08-12/4.html", None),
        ("/n/elections2018-05-06-results.html", None),
        ("/n/report2020-2021-12.html", None),
        ("/n/a20101112.html", None),
    ],
)
def test_a_day_behind_a_word_in_the_address_is_read(address: str, day: str | None) -> None:
    assert published(page(story()), url=f"http://sahl.example{address}")[0] == day


def test_the_number_of_an_issue_may_be_set_off_from_its_word() -> None:
    bar = '<div class="bar">العدد <b>8592</b> الأربعاء 17 أكتوبر 2012 الموافق 1 ذو الحجة 1433</div>'
    assert published(page(bar + story()), url="http://sahl.example/News/epaper/8592/104/1")[0] == "2012-10-17"


def test_a_time_alone_and_the_initials_behind_a_slash_are_no_text() -> None:
    assert body_of(page(story("21:40", FIRST, "20:15", SECOND, THIRD, "/م.ل"))) == [FIRST, SECOND, THIRD]


def test_a_path_begins_with_the_name_of_the_site_that_leads_to_its_first_page() -> None:
    steps = ('<a href="index.php">صحيفة السهل</a>', '<a href="news.htm">الأخبار</a>', '<a href="n-1.htm">محليات</a>')
    menu = '<ul><li><a href="index.php">الرئيسية</a></li><li><a href="articles.htm">المقالات</a></li></ul>'
    frame = f"<div><h1>{HEADLINE}</h1><div><p>{FIRST}</p><p>{SECOND}</p></div></div>"
    html = page(f"{menu}<table><tr><td><div>{' <b>&rsaquo;</b> '.join(steps)}</div>{frame}</td></tr></table>")
    assert article(html).section == "محليات"


def test_the_title_of_the_page_is_no_line_over_its_headline() -> None:
    tables = f"<table><tr><td>{HEADLINE}</td></tr></table><table><tr><td>{TEXT}</td></tr></table>"
    assert article(page(tables, title=f"السهل - {HEADLINE}")).section is None


def test_a_counter_beside_who_posted_a_story_is_no_author() -> None:
    info = (
        '<div class="author_info"><div>بواسطة <a href="member.php?21" class="username">أبو مازن</a></div>'
        "<div>عدد المشاهدات: 640</div></div>"
    )
    assert article(page(story(before=info))).authors == ("أبو مازن",)


@pytest.mark.parametrize(("fetched_at", "day"), [(datetime(2015, 1, 1, tzinfo=UTC), "2009-12-31"), (None, None)])
def test_of_a_year_in_two_digits_the_fetch_tells_which_it_is(fetched_at: datetime | None, day: str | None) -> None:
    html = page(story(before="<div>31/12/09</div>"))
    assert published(html, url="https://sahl.example/n?id=4", fetched_at=fetched_at)[0] == day


def test_a_dateline_with_the_name_of_a_paper_called_today_is_no_date() -> None:
    html = page(story(f"اليوم - الدمام {FIRST}", SECOND, THIRD), title=f"{HEADLINE} | صحيفة اليوم")
    assert published(html, url="https://sahl.example/n?id=4")[0] is None


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("/index.php?option=com_content&view=category&layout=blog&id=7&Itemid=3", "section"),
        ("/index.php?option=com_content&view=article&id=7&Itemid=3", None),
        ("/tags.php?tag=x", "tag"),
        ("/Writer.aspx?id=77", "section"),
        ("/writers/article/7788", None),
        ("/cookies/wall", "consent"),
        ("/cookies/almond-biscuits-of-the-village", None),
    ],
)
def test_what_an_address_says_of_its_page_is_weighed(address: str, refusal: str | None) -> None:
    rows = (
        "".join(f'<p><a href="/n/{n}">{HEADLINE} {n}</a></p>' for n in range(6))
        if refusal in ("section", "tag")
        else ""
    )
    html = page(f"<div><p>{FIRST}</p><p>{SECOND}</p>{rows}</div>", title=HEADLINE)
    assert read(html, url=f"http://sahl.example{address}").refusal == refusal


@pytest.mark.parametrize("banner", ["", '<tr><td><font size="6">السهل اليومي</font></td></tr>'])
def test_a_headline_of_two_words_in_great_letters_is_one_where_the_title_is_the_sites_name(banner: str) -> None:
    lines = (
        '<td align="center"><font size="5"><b>بئر الساحة</b></font></td>',
        '<td align="center"><font size="4"><b>بقلم: أحمد علي</b></font></td>',
        '<td align="center"><font size="2">20/05/2007</font></td>',
        f'<td><font size="4">{FIRST}<p>{SECOND}<p>{THIRD}</font></td>',
    )
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    html = page(f"<table>{banner}<tr><td><table>{rows}</table></td></tr></table>", title="صوت السهل")
    found = article(html)
    assert (found.headline, found.authors) == ("بئر الساحة", ("أحمد علي",))
    assert published(html, url="http://sahl.example/n?id=4")[0] == "2007-05-20"


def test_a_line_that_is_named_a_title_in_a_word_of_the_sites_own_is_the_headline() -> None:
    texts = "".join(f"<div>{text}</div>" for text in (FIRST, SECOND, THIRD))
    menu = '<div class="site-title">السهل صوت أهل البلدة كلهم</div>'
    kicker = '<div class="title toptitle">بعد صيف جاف في البلدة</div>'
    body = f'{menu}<div>{kicker}<div class="ntitle">{HEADLINE}</div><div>{texts}</div></div>'
    html = page(body, title=":: Sahl :: سهل اون لاين")
    assert article(html).headline == HEADLINE


def test_comments_path_and_date_of_spip_are_told_from_the_story() -> None:
    links = '<a href="/">الصفحة الأساسية</a> &gt; <a href="-5-.html">مقابلات</a>'
    path = f'<div id="hierarchie">{links} &gt; {HEADLINE}</div>'
    day = "<p><small>الأربعاء 9 حزيران (يونيو) 2010&nbsp;-&nbsp;آخر تحديث 18:52 ت غ</small></p>"
    texts = "".join(f'<p class="spip">{text}</p>' for text in (FIRST, SECOND, THIRD, "<b>أجرى المقابلة: أحمد علي</b>"))
    comment = (
        '<ul class="forum"><li class="forum-fil"><div class="forum-chapo"><strong>مقابلة ممتازة</strong>'
        "<small>10 حزيران (يونيو) 2010, من <em>بحار</em></small></div>"
        f'<div class="forum-texte"><p class="spip">{SECOND}</p></div></li></ul>'
    )
    html = page(
        f'{path}<div id="contenu"><div class="cartouche"><h1 class="titre">{HEADLINE}</h1>{day}</div>'
        f"<div>{texts}</div>{comment}</div>"
    )
    found = article(html)
    assert [each.text for each in found.body] == [FIRST, SECOND, THIRD]
    assert (found.authors, found.section) == (("أحمد علي",), "مقابلات")
    assert published(html, url="http://sahl.example/12744-0.html")[0] == "2010-06-09"


@pytest.mark.parametrize(
    ("system", "printed", "day"),
    [
        ("Dimofinf CMS v3.0.0", "10-02-2012 09:41 PM", None),
        ("Dimofinf CMS v3.0.0", "02-14-2012 05:38 AM", "2012-02-14T05:38"),
        ("Dimofinf CMS v3.0.0", "06-25-1433 12:41 AM", "2012-05-16T00:41"),
        ("vBulletin 3.8.4", "10-02-2012 09:41 PM", None),
        ("vBulletin 3.8.4", "الجمعة 10-02-2012 09:41 PM", "2012-02-10T21:41"),
        ("vBulletin 3.8.4", "18-03-2009, 09:12 PM", "2009-03-18T21:12"),
        ("Joomla! 1.5", "10-02-2012 09:41 PM", "2012-02-10T21:41"),
    ],
)
def test_what_some_systems_print_may_leave_the_day_open(system: str, printed: str, day: str | None) -> None:
    html = page(story(before=f'<div class="date">{printed}</div>'), head=f'<meta name="generator" content="{system}">')
    found = read(html, url="http://sahl.example/news-show-id-4.htm").article
    assert found is not None
    told = found.published_at
    assert (told and told.value, told and told.text) == (day, day and printed)


@pytest.mark.parametrize(
    "line",
    [
        "الجمعة 13 نوفمبر-تشرين الثاني 2009 الساعة 08 مساءً / السهل - عمران - سمية حسن",
        "الجمعة 13 نوفمبر 2009 الساعة 08:30 مساءً | السهل - عمران - سمية حسن",
    ],
)
def test_a_byline_behind_a_long_date_is_read(line: str) -> None:
    cells = f"<tr><td><b>{HEADLINE}</b></td></tr><tr><td><font><b>{line} </b></font></td></tr>"
    texts = f"<tr><td>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</td></tr>"
    html = page(f"<table>{cells}{texts}</table>", title=f"السهل - {HEADLINE}")
    assert article(html).authors == ("سمية حسن",)
    assert (published(html, url=NUKE)[0] or "")[:10] == "2009-11-13"


def test_a_headline_in_one_cell_with_its_story_is_told_from_it() -> None:
    cell = (
        '<span id="lblCat" class="cat">اقتصاد</span><br /><span id="lblTitle" class="title">{}</span><br />'
        '<span id="lblDate" class="date">13/05/2009&nbsp;14:23</span><hr />'
        f'<span id="lblText" class="text">{FIRST}<br />{SECOND}<br />{THIRD}</span>'
    )
    html = page(f"<table><tr><td>{cell.format(HEADLINE)}</td></tr></table>", title="Sahl News Agency")
    found = article(html)
    assert (found.headline, [each.text for each in found.body]) == (HEADLINE, [FIRST, SECOND, THIRD])


@pytest.mark.parametrize("line", ["أخبار محلية", "شريط الأخبار", "العدد 4411"])
def test_a_short_title_that_the_page_shows_or_no_byline_follows_is_not_replaced(line: str) -> None:
    great = f'<p><font size="5">{line}</font></p>'
    shown = f'{great}<p><font size="3"><b>غزة تنتصر</b></font></p><p align="center">20/05/2007</p>{TEXT}'
    assert article(page(shown, title="غزة تنتصر")).headline == "غزة تنتصر"
    assert article(page(f"{great}{TEXT}", title="غزة تنتصر")).headline == "غزة تنتصر"


@pytest.mark.parametrize("line", ["خطاب 26 فبراير 2012: تحدث عن الحرب", "يوم 6 فبراير 2023 حدث الزلزال"])
def test_a_day_in_prose_before_a_word_for_a_change_is_no_publication(line: str) -> None:
    assert published(page(story(FIRST, line, SECOND, THIRD)), url="http://sahl.example/n?id=4")[0] is None


@pytest.mark.parametrize("inside", ['<font size="4">الماء يظهر بعد شهر كامل</font>', '<p align="center">* * * *</p>'])
def test_a_great_line_inside_the_story_is_no_headline(inside: str) -> None:
    cell = f"<b>{HEADLINE}</b><br>{FIRST}<br><br>{SECOND}<br><br>{inside}<br><br>{THIRD}"
    found = article(page(f"<table><tr><td>{cell}</td></tr></table>", title="السهل"))
    assert found.headline == "السهل"
    assert {FIRST, SECOND, THIRD} < {each.text for each in found.body}


def test_a_date_below_the_story_goes_before_a_day_told_above_it() -> None:
    above = '<h2 class="subtitle">ماذا جرى ليلة 7 مايو 2008؟</h2>'
    below = '<footer><time datetime="2013-05-05T10:00:00+03:00">5 مايو</time> <a href="/c/2">مياه</a></footer>'
    html = page(story(before=above, after=below))
    assert published(html, url="http://sahl.example/n?id=4")[0] == "2013-05-05T10:00:00+03:00"


def test_the_readers_day_in_a_bar_over_the_headline_is_not_the_storys() -> None:
    bar = '<div><span id="Header1_lblDate">السبت | 01-10-2011 | 03:22 am</span></div>'
    over = f'<div class="art_title"><span>{HEADLINE}</span></div><div class="art_date">[9/30/2011 12:44:10 PM]</div>'
    html = page(f"<div>{bar}{over}<div>{TEXT}</div></div>")
    assert published(html, url="http://sahl.example/article.aspx?articleNO=99123")[0] == "2011-09-30T12:44:10"


def test_a_date_over_the_headline_goes_before_those_inside_the_story() -> None:
    link = '<a href="/n?id=9">افتتاح مدرسة جديدة في الحي الشرقي</a>'
    card = f'<div class="card">{link}<span class="date">10 يونيو 2012</span></div>'
    texts = f"<p>{FIRST}</p><p>{SECOND}</p>{card}<p>{THIRD}</p>"
    html = page(f'<article><div class="date">5 مايو 2013</div><h1>{HEADLINE}</h1>{texts}</article>')
    assert published(html, url="http://sahl.example/n?id=4")[0] == "2013-05-05"


def test_a_date_below_the_story_beside_a_category_of_many_words_is_its_own() -> None:
    link, day = '<a href="/category/1">أخبار المدن والقرى المحلية</a>', '<span class="date">5 مايو 2013</span>'
    picture = "<div><span>صورة أرشيفية 3 مارس 2009</span></div>"
    html = page(story(before=picture, after=f'<div class="info">نشر في {link} {day}</div>'))
    assert published(html, url="http://sahl.example/n?id=4")[0] == "2013-05-05"


@pytest.mark.parametrize(
    "line",
    [
        "<p align=center>بسم الله الرحمن الرحيم</p>",
        "<div align=center><img><br>أهالي البلدة أمام البئر أمس</div>",
    ],
)
def test_a_line_at_the_top_of_the_story_is_no_headline_for_its_place(line: str) -> None:
    html = page(f"<div>{line}{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div>")
    assert article(html).headline == HEADLINE


def test_what_leads_to_another_story_is_no_headline_whatever_it_is_named() -> None:
    bar = '<div class="sectiontitle"><a href="/n.php?id=3">افتتاح مدرسة جديدة في الحي الشرقي</a></div>'
    html = page(f"{bar}<div><b>{HEADLINE}</b><br>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div>", title="السهل")
    assert article(html).headline == "السهل"


def test_who_signs_every_page_of_a_site_is_no_headline_though_the_title_says_so() -> None:
    office = "المكتب الاعلامي لرئيس مجلس البلدة القديمة"
    texts = "".join(f'<p dir="rtl"><b><span>{text}</span></b></p>' for text in (FIRST, SECOND, THIRD))
    line = f'<p align="center"><font size="5">{HEADLINE}</font></p>'
    rows = f"<tr><td>{line}</td></tr><tr><td>{texts}<p align=center><b><span>{office}</span></b></p></td></tr>"
    found = article(page(f"<table>{rows}</table>", title=office))
    assert (found.headline, [each.text for each in found.body][:3]) == (HEADLINE, [FIRST, SECOND, THIRD])
