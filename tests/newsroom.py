"""A small news site on loopback that crawl tests shape: articles with invented wording, a feed, a front page."""

from __future__ import annotations

from collections.abc import Iterable

from tests.fault_server import FaultServer, Steps, page

_SENTENCES = (
    "أعلنت بلدية وادي الزيتون افتتاح المكتبة العامة رقم {n} بعد أعمال ترميم استمرت ثلاثة أعوام وشارك فيها متطوعون.",
    "وقالت مديرة المكتبة إن القاعة الكبرى تتسع لمئتي قارئ، وإن رفوفها تضم أربعين ألف كتاب بينها مخطوطات نادرة.",
    "وأضافت أن أبواب المكتبة ستبقى مفتوحة حتى ساعات المساء طوال أيام الأسبوع، وأن الاشتراك فيها مجاني للطلاب.",
)


def article(number: int, *, edit: str = "", links: Iterable[str] = ()) -> bytes:
    """The page of an article; another `edit` is another text."""
    related = "".join(f'<li><a href="{link}">خبر آخر من الوادي</a></li>' for link in links)
    body = "".join(f"<p>{sentence.format(n=number)} {edit}</p>" for sentence in _SENTENCES)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>افتتاح المكتبة {number}</title>'
        '<meta property="og:type" content="article"></head><body><article>'
        f"<h1>افتتاح المكتبة رقم {number}</h1>{body}</article>"
        f'<div class="related-posts"><h3>مقالات ذات صلة</h3><ul>{related}</ul></div></body></html>'
    ).encode()


def feed(paths: Iterable[str]) -> bytes:
    """An RSS feed of these paths."""
    items = "".join(f"<item><title>خبر</title><link>{path}</link></item>" for path in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>صدى الوادي</title>{items}</channel></rss>'.encode()


def front(paths: Iterable[str]) -> bytes:
    """A front page that links to these paths and names the feed."""
    links = "".join(f'<a href="{path}">خبر</a> ' for path in paths)
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>صدى الوادي</title>'
        f'<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>{links}</body></html>'
    ).encode()


def as_xml(content: bytes) -> Steps:
    """An answer that serves a feed."""
    return page(content, kind="application/rss+xml")


def newsroom(server: FaultServer, numbers: Iterable[int]) -> list[str]:
    """Serve a front page, a feed and these articles; return the articles' paths."""
    paths = [f"/news/2024/{number}/library-opens-again" for number in numbers]
    server.on("*", page(b"not here", status="404 Not Found"))
    server.on("/", page(front(paths)))
    server.on("/feed.xml", as_xml(feed(paths)))
    for number, path in zip(numbers, paths, strict=True):
        server.on(path, page(article(number)))
    return paths
