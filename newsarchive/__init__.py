"""newsarchive: a command-line archive of Arabic news.

The public names are those of `__all__`; each is imported when it is first used, so that importing the package does
nothing and the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsarchive.archive import Archive
    from newsarchive.errors import NewsArchiveError
    from newsarchive.fetcher import Fetcher
    from newsarchive.models import Article, Page, SearchHit
    from newsarchive.parser import parse
    from newsarchive.records import to_record

__version__ = "0.1.0"

__all__ = ["Archive", "Article", "Fetcher", "NewsArchiveError", "Page", "SearchHit", "parse", "to_record"]

_HOMES = {
    "Archive": "archive",
    "Article": "models",
    "Fetcher": "fetcher",
    "NewsArchiveError": "errors",
    "Page": "models",
    "SearchHit": "models",
    "parse": "parser",
    "to_record": "records",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(import_module(f"newsarchive.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
