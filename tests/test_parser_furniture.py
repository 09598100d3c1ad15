"""Lines told by their wording: what is furniture, and sentences that begin with the same words."""

from __future__ import annotations

import pytest

from newsarchive.parser import phrases
from tests.test_parser import FIRST, HEADLINE, SECOND, THIRD, article, body_of, page, story
from tests.test_parser_authors import json_ld


def body_with(line: str) -> list[str]:
    inner = f"<p>{FIRST}</p><p>{SECOND}</p><p>{line}</p><p>{THIRD}</p>"
    return body_of(page(f"<article><h1>{HEADLINE}</h1><div>{inner}</div></article>"))


@pytest.mark.parametrize(
    "sentence",
    [
        "صورة قاتمة رسمها الوزير للموسم المقبل في حديثه إلى أهالي البلدة.",
        "انضم إلى صفوف الفريق بعد أن لعب ثلاثة مواسم في المدينة المجاورة.",
        "اشترك في الحفر أكثر من عشرين متطوعاً من القرى المجاورة.",
        "للمشاركة في الحفر جاء متطوعون من القرى المجاورة.",
        "تابعنا العمل يوماً بعد يوم حتى ظهر الماء.",
        "التعليقات على القرار كانت حادة.",
        "تعذر تشغيل المضخة في الأيام الأولى لانقطاع الكهرباء.",
        'في نفس السياق، أكد <a href="/n/7">رئيس البلدية</a> أن العمل مستمر.',
        "Credit Suisse said the loan would be repaid within two years.",
        "Image problems have followed the ministry for years.",
        "Photo-finish cameras were switched off before the race.",
        'Related charges against <a href="/n/8">the two men</a> were dropped in May.',
        "Comments like these hurt people.",
        "Trending upward since May, prices have doubled.",
        "More from the well will be piped to the east.",
        "Do you have any regrets about those years?",
        "للتعليق على هذا القرار، اتصلنا بالمشرف على العمل فقال إن البئر ستعمل طوال العام.",
        "قراءات: ثلاثة كتب عن الماء في البادية",
        "Sie haben bereits ein Haus verloren, und noch immer fehlt das Wasser.",
        "Więcej takich historii opowiadali mieszkańcy wsi przy studni.",
        "Thank you for reading, and for your many letters about the well, the mayor told the readers.",
        "What do you think of the new well?",
        "Bildung ist in der Stadt wieder ein Thema.",
        'Zum Thema Sicherheit sagte <a href="/n/9">der Minister</a> wenig.',
    ],
)
def test_a_sentence_that_begins_as_furniture_does_is_kept(sentence: str) -> None:
    assert body_with(sentence)[-1] == THIRD
    assert len(body_with(sentence)) == 4


@pytest.mark.parametrize(
    "line",
    [
        "صورة: عمال عند فوهة البئر",
        "صورة (رويترز)",
        "Credit: Nour Haddad",
        "Photo : N. Haddad",
        "Foto/Haddad",
        "Bild - Haddad",
        "عدد المشاهدات 1203",
        "انضم إلى قناتنا على واتساب لتصلك أخبار البلدة",
        "للمشاركة برأيك راسلنا على صفحتنا في فيسبوك",
        "Do you have a story to tell? Get in touch with us.",
        "What do you think of the new well? Let us know.",
        "متابعة أخبار البلدة على تلغرام https://t.me/sahl",
        "Seguir leyendo:",
        "Thank you for reading!",
        "Sie haben bereits ein Digital-Abonnement? Zum Login",
        "Dieses Thema im Programm: Über den Brunnen berichtete SAHL am Montag um 19 Uhr.",
        "انتهای پیام",
        "(责编：王小明、李四)",
        "قراءات: 412",
        "___",
        "[embed]https://video.example/watch?v=Zx81[/embed]",
        "تحتوي هذه الصفحة على محتوى من موقع آخر. " + "موافقتكم مطلوبة قبل عرض أي مواد منه في هذه الصفحة. " * 5,
    ],
)
def test_a_line_of_furniture_is_left_out(line: str) -> None:
    assert body_with(line) == [FIRST, SECOND, THIRD]


def test_a_sentence_that_is_a_link_from_end_to_end_is_kept_and_a_headline_that_is_one_is_not() -> None:
    sentence = "وكانت البلدية قد وعدت الأهالي قبل عامين بحفر بئر أخرى في الحي الشرقي."
    assert body_with(f'<a href="/1">{sentence}</a>')[2] == sentence
    assert body_with(f'<a href="/1">{sentence[:-1]}</a>') == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line", ["Comments (12)", "التعليقات", "تعليقات القراء", "Leave a comment below", "التعليقات: 3"]
)
def test_what_follows_the_heading_of_comments_is_no_story(line: str) -> None:
    assert phrases.line_kinds(line) & phrases.COMMENTS
    assert body_with(line) == [FIRST, SECOND]


def test_a_short_paragraph_beside_a_picture_with_its_caption_is_text() -> None:
    entry = "مراسلنا: الأهالي أمام البئر منذ الصباح."
    figure = "<figure><img src='/1.jpg'><figcaption>الأهالي عند البئر</figcaption></figure><div>مشاركة</div>"
    html = page(
        f"<div><h1>{HEADLINE}</h1><div><p>{FIRST}</p><div><p>{entry}</p>{figure}</div><p>{THIRD}</p></div></div>"
    )
    assert body_of(html)[:2] == [FIRST, entry]


def test_the_number_and_day_of_an_issue_are_no_text() -> None:
    line = "صحيفة السهل الأخضر - العدد 3683 - السبت 06 أكتوبر 2012م الموافق 20 ذي القعدة 1433هـ"
    html = page(f"<article><h1>{HEADLINE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{line}</p></div></article>")
    assert body_of(html) == [FIRST, SECOND]


def test_a_story_told_under_its_pictures_is_read() -> None:
    frames = "".join(
        f'<section class="image"><div><img src="/{n}.jpg"></div>'
        f'<div class="gallery-caption"><p>{text}</p></div></section>'
        for n, text in enumerate([FIRST, SECOND, THIRD])
    )
    assert body_of(page(f"<article><h1>{HEADLINE}</h1><div>{frames}</div></article>")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("counter", ["27 commentaires", "(5) تعليقات", "٣ تعليقات:", "8 Responses to “Rain”"])
def test_what_follows_a_number_of_comments_is_no_story(counter: str) -> None:
    story = [FIRST, SECOND, THIRD, FIRST[::-1]]
    inner = "".join(f"<p>{text}</p>" for text in [*story, counter, SECOND[::-1], THIRD[::-1]])
    assert body_of(page(f"<article><h1>{HEADLINE}</h1><div>{inner}</div></article>")) == story


def test_a_counter_of_comments_under_the_lead_does_not_end_the_story() -> None:
    inner = f"<p>{FIRST}</p><p>12 تعليقا</p><p>{SECOND}</p><p>{THIRD}</p>"
    assert body_of(page(f"<article><h1>{HEADLINE}</h1><div>{inner}</div></article>")) == [FIRST, SECOND, THIRD]


def test_a_subheading_that_counts_answers_is_text() -> None:
    assert "5 ردود على تصريح الوزير" in body_with("5 ردود على تصريح الوزير")


def test_a_line_drawn_with_tatweels_and_initials_under_it_are_no_text() -> None:
    assert body_of(page(story(FIRST, SECOND, THIRD, "ــــــــــ", "ي.ط"))) == [FIRST, SECOND, THIRD]


def test_initials_behind_a_drawn_line_are_no_text() -> None:
    assert body_of(page(story(FIRST, SECOND, THIRD, "======= ع.ش."))) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "2. Response",
        "2- رد",
        '7 ردود على "مزاعم" الاحتلال',
        "تعليقات",
        "في الملف نفسه، قال وزير الداخلية أمام البرلمان أمس:",
        "قيم الخبر والصحافة الحرة التي تعلمناها في تلك السنوات باقية معنا.",
    ],
)
def test_a_heading_or_sentence_that_only_begins_like_furniture_does_not_end_the_story(line: str) -> None:
    inner = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD, FIRST[::-1]))
    after = f"<p>{SECOND[::-1]}</p><p>{THIRD[::-1]}</p>"
    found = body_of(page(f"<article><h1>{HEADLINE}</h1><div>{inner}<h3>{line}</h3>{after}</div></article>"))
    assert found[-2:] == [SECOND[::-1], THIRD[::-1]]


@pytest.mark.parametrize(
    "line", ["الحكم: محمد علي", "المهاجم - محمد علي", "موقع الحادث", "شبكة الاتصالات", "قناة السد", "- 3/0"]
)
def test_a_last_line_that_names_or_counts_is_text(line: str) -> None:
    found = article(page(story(FIRST, SECOND, THIRD, line)))
    assert (found.authors, found.credits) == ((), ())
    assert line == "- 3/0" or found.body[-1].text == line


@pytest.mark.parametrize("line", ["// انتهى //", "13:27 ت م", "0904 جمت"])
def test_the_end_that_agencies_send_is_no_text(line: str) -> None:
    assert body_of(page(story(FIRST, SECOND, THIRD, line))) == [FIRST, SECOND, THIRD]


def test_an_end_in_a_sentence_is_text() -> None:
    assert body_with("انتهى العمل في البئر.")[2] == "انتهى العمل في البئر."


ENGLISH = (
    "The well in the old square was dug after a dry summer, and the whole village shared its cost for three months.",
    "Nobody could say how deep it was, though the oldest men of the village had drunk from it when they were boys.",
    "“You can hear the water,” said the mayor, and for once everybody in the square was quiet enough to listen.",
)


@pytest.mark.parametrize(
    "line",
    [
        "<p>The writer is a former keeper of wells.</p>",
        "<p><i>Dr Jane Doe is a hydrologist and a member of the panel</i></p>",
        "<p>Published in Sahl, December 30th, 2023</p>",
        "<p>The Morning Sahl is our guide to the stories of the day. Sign up here.</p>",
        "<blockquote><p>You can hear the water</p></blockquote>",
        "<ul><li><time><span>Published March 5, 2024</span><span>Updated March 6, 2024</span></time></li></ul>",
        '<figure><div><blockquote class="fb-xfbml-parse-ignore"><p>Look at our well</p></blockquote></div></figure>',
        "<p><a href='https://apps.example/sahl'>Tap here</a></p>",
    ],
)
def test_what_english_pages_print_under_a_story_is_none_of_it(line: str) -> None:
    told = "".join(f"<p>{text}</p>" for text in ENGLISH)
    head = json_ld("Jane Doe", "Sahl")
    html = page(f"<article><h1>A well in the square</h1><div>{told}{line}</div></article>", head=head)
    assert body_of(html.replace(b'lang="ar"', b'lang="en"')) == list(ENGLISH)


def test_what_a_story_says_of_writers_and_signing_up_is_kept() -> None:
    lines = ("The writer is free, said the judge, and the square applauded him for a long while.", "Nobody signed up.")
    told = "".join(f"<p>{text}</p>" for text in (*ENGLISH, *lines))
    html = page(f"<article><h1>A well in the square</h1><div>{told}</div></article>")
    assert body_of(html.replace(b'lang="ar"', b'lang="en"')) == [*ENGLISH, *lines]


def test_an_address_of_mail_under_the_last_sentence_is_no_text_and_one_that_a_line_announces_is() -> None:
    address = "nour.haddad@sahl.example"
    assert body_of(page(story(FIRST, SECOND, THIRD, address))) == [FIRST, SECOND, THIRD]
    for told in ("وترسل الطلبات إلى العنوان الآتي:", "البريد الإلكتروني للجمعية", "وترسل الطلبات بالبريد إليها."):
        assert body_of(page(story(FIRST, SECOND, told, address)))[2:] == [told, address]
    lines = f"ترسل الطلبات إلى البريد.<br>{address}<br>قبل نهاية الشهر"
    assert address in body_of(page(story(FIRST, SECOND, lines)))
