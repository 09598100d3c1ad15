"""The documentation says what is so: commands, tables, columns, links."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import click
import pytest

from newsarchive.archive import Archive
from newsarchive.cli import commands
from newsarchive.configuration import Configuration
from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "fixtures" / "README.md"])
CONTEXT = click.Context(commands)


def all_commands() -> dict[str, click.Command]:
    found = {name: commands.get_command(CONTEXT, name) for name in commands.list_commands(CONTEXT)}
    return {name: command for name, command in found.items() if command is not None}


def command_table() -> str:
    """The README's table of commands; cog writes it."""
    lines = [f"| `{name}` | {command.get_short_help_str(100)} |" for name, command in all_commands().items()]
    return "\n".join(["| command | what it does |", "| --- | --- |", *lines, ""])


@pytest.mark.parametrize("name", all_commands())
def test_every_command_and_option_has_help(name: str) -> None:
    command = all_commands()[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_every_table_and_column_is_told(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db"):
        pass
    told = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    with sqlite3.connect(tmp_path / "a.db") as db:
        tables = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
            if not name.startswith(("sqlite_", "_sqlite")) and "_index_" not in name
        ]
        for table in tables:
            assert re.search(rf"\b{table}\b", told), f"docs/schema.md does not tell the table {table}"
            for _, column, *_ in db.execute(f"PRAGMA table_info({table})"):
                short = re.sub("^(published|modified)_(offset|precision|text)$", r"…_\2", column)
                assert re.search(rf"(?<!\w){short}(?!\w)", told), f"docs/schema.md does not tell {table}.{column}"
    db.close()


def test_every_configuration_key_is_told() -> None:
    told = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    keys = [setting.key for setting in Configuration(path=Path("unused")).describe()]
    assert [key for key in keys if f"| {key} |" not in told] == []


def test_every_module_is_in_the_tree_of_the_design() -> None:
    told = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    for path in (ROOT / "newsarchive").iterdir():
        if path.suffix == ".py" and path.stem != "__init__":
            assert f"`{path.name}`" in told, path.name
        elif (path / "__init__.py").exists():
            assert f"`{path.name}/`" in told, path.name


def test_the_readme_names_the_python_that_the_package_requires() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'requires-python = ">=([\d.]+)"', pyproject)
    assert version is not None
    assert f"Python {version[1]} or newer" in (ROOT / "README.md").read_text(encoding="utf-8")
