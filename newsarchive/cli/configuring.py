"""config: where the configuration lies, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsarchive.cli.options import output_options
from newsarchive.cli.output import clean
from newsarchive.configuration import default_path, load

if TYPE_CHECKING:
    from newsarchive.cli.output import Output, Row


@click.group("config")
def config_command() -> None:
    """Show the configuration: one TOML file, which options and the environment override."""


@config_command.command("path")
def config_path_command() -> None:
    """Print where the configuration file lies, whether it is there or not."""
    click.echo(default_path())


@config_command.command("show")
@output_options
def config_show_command(*, output: Output) -> None:
    """Print every setting, its value, and where the value comes from."""
    rows = ({"key": setting.key, "value": setting.value, "origin": setting.origin} for setting in load().describe())
    output.write(rows, _line)


def _line(row: Row) -> str:
    return f"{row['key']} = {clean(str(row['value']))}  ({row['origin']})"
