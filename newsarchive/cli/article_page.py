"""An article as a page for the browser: our own markup around its text, nothing of the page it came from runs."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsarchive.models import Article, Paragraph, StoredArticle

_RIGHT_TO_LEFT = {"ar", "fa", "ur", "ckb"}
_TAGS = {"text": "p", "heading": "h2", "item": "li", "quote": "blockquote"}
_PAGE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{headline}</title>
<style>
body {{ max-width: 42em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.8 serif }}
.about {{ color: #555 }}
</style>
<h1>{headline}</h1>
<p class="about">{about}</p>
{body}
<hr>
<p class="about"><bdi>{url}</bdi><br>captured <bdi>{captured}</bdi></p>
</html>
"""


def html_of(stored: StoredArticle) -> str:
    """Return the article as a page without scripts, pictures or anything that is fetched."""
    article = stored.article
    language = article.language or "ar"
    return _PAGE.format(
        language=escape(language),
        direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
        headline=escape(article.headline or article.url),
        about=_about(article),
        body="\n".join(map(_paragraph, article.body)),
        url=escape(article.url),
        captured=escape(stored.last_captured_at),
    )


def written_page(stored: StoredArticle) -> Path:
    """Write the article's page into a temporary file that only its owner can read, and return the path."""
    with tempfile.NamedTemporaryFile(
        "w", suffix=".html", prefix="newsarchive-", delete=False, encoding="utf-8"
    ) as file:
        file.write(html_of(stored))
    return Path(file.name)


def _about(article: Article) -> str:
    published = article.published_at.value if article.published_at else None
    parts = (article.outlet, article.source, *article.authors, published)
    return " · ".join(f"<bdi>{escape(part)}</bdi>" for part in parts if part)


def _paragraph(paragraph: Paragraph) -> str:
    tag = _TAGS[paragraph.kind]
    return f'<{tag} dir="auto">{escape(paragraph.text)}</{tag}>'
