"""The import rules of docs/design.md, kept by reading the code's own import statements."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsarchive

PACKAGE = Path(newsarchive.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
STAGES = {"fetcher", "parser", "archive"}

# module or package of ours -> what of ours it may import besides itself
MAY_IMPORT = {
    "models": set(),
    "errors": set(),
    "arabic": set(),
    "encoding": set(),
    "urls": {"models", "errors"},
    "records": {"models", "errors"},
    "dates": {"arabic", "models"},
    "data": {"arabic", "models", "errors"},
    "sites": {"data", "urls", "models", "errors"},
    "configuration": {"errors"},
    "confined": {"errors"},
    "differences": {"arabic", "models"},
    "discovery": {"arabic", "encoding", "errors", "urls"},
    "search": {"arabic", "data", "dates", "models", "errors"},
    "fetcher": {"urls", "configuration", "models", "errors"},
    "parser": {"arabic", "data", "dates", "encoding", "errors", "models", "sites", "urls"},
    "health": {"models"},
    "archive": {"arabic", "data", "errors", "health", "models", "records", "search", "urls"},
}
# library -> where alone it may be imported
ONLY_IN = {
    "requests": {"fetcher"},
    "urllib3": {"fetcher"},
    "lxml": {"parser", "discovery"},
    "bs4": {"parser"},
    "feedparser": {"discovery"},
    "sqlite3": {"archive"},
    "sqlite_utils": {"archive"},
    "click": {"cli"},
}


def unit_of(source: Path) -> str:
    """The module or package of ours that a file belongs to."""
    return source.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(source: Path) -> Iterator[tuple[str, bool]]:
    """(dotted name, whether it is at the top of the module), annotations-only imports left out."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "newsarchive":
                yield from ((f"newsarchive.{alias.name}", id(node) in top) for alias in node.names)
            else:
                yield node.module, id(node) in top


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_place_allows(source: Path) -> None:
    unit = unit_of(source)
    for name, _ in imports_of(source):
        parts = name.split(".")
        if parts[0] == "newsarchive" and len(parts) > 1 and unit in MAY_IMPORT:
            assert parts[1] in MAY_IMPORT[unit] | {unit}, f"{unit} may not import {name}"
        assert unit in ONLY_IN.get(parts[0], {unit}), f"{parts[0]} may not be imported in {unit}"


def test_every_unit_has_a_rule() -> None:
    free = {"__init__", "__main__", "crawler", "cli"}
    assert {unit_of(source) for source in SOURCES} <= MAY_IMPORT.keys() | free


def test_stages_never_import_one_another() -> None:
    for stage in STAGES:
        assert not MAY_IMPORT[stage] & STAGES


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = ("requests", "lxml", "bs4", "sqlite3", "sqlite_utils", "click", "zstandard")
    code = f"import sys, newsarchive; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_search_starts_without_what_only_writers_need() -> None:
    unneeded = ("requests", "urllib3", "lxml", "bs4", "sqlite_utils", "zstandard", "filelock", "tabulate")
    code = (
        "import sys; sys.argv = ['newsarchive', 'search', 'x', '--db', '/nonexistent/archive.db']\n"
        "from newsarchive.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print([name for name in {unneeded} if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_public_names_are_exactly_those_of_all() -> None:
    assert sorted(newsarchive.__all__) == newsarchive.__all__
    for name in newsarchive.__all__:
        assert getattr(newsarchive, name).__name__ == name


def test_no_module_bears_the_name_of_a_public_name() -> None:
    assert not {source.stem for source in SOURCES} & set(newsarchive.__all__)
