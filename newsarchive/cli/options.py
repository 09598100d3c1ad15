"""Options that several commands share."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsarchive.cli.output import Output
from newsarchive.urls import host

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., Any]

DB_VARIABLE = "NEWSARCHIVE_DB"
_FORMS = ("json", "nl", "csv", "tsv", "table")
_DURATION = re.compile("([0-9]{1,6})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def parse_since(text: str, *, now: datetime) -> datetime:
    """Return the time that a duration before now (12h, 7d, 3w) or an ISO 8601 date or time means; raises ValueError.

    What states no zone is in UTC.
    """
    text = text.strip()
    try:
        if match := _DURATION.fullmatch(text):
            return now - int(match[1]) * _UNITS[match[2]]
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as e:
        raise ValueError(f"{text!r} is no duration such as 12h, 7d or 3w, and no date such as 2024-03-01") from e


class Since(click.ParamType):  # type: ignore[type-arg]  # not subscriptable in click 8.2
    """An option's time in the past, as `parse_since` reads it."""

    name = "time"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return parse_since(value, now=datetime.now(UTC))
        except ValueError as e:
            self.fail(str(e), parameter, context)


class SiteHost(click.ParamType):  # type: ignore[type-arg]
    """A site's host, given as a name or any address of it: as the archive writes it."""

    name = "host"

    def convert(self, value: str, parameter: click.Parameter | None, context: click.Context | None) -> str:
        found = host(value if "://" in value else f"https://{value}")
        return found or self.fail(f"{value!r} is no host and no address", parameter, context)


def default_archive() -> Path:
    """Return where the archive lies unless --db, NEWSARCHIVE_DB or the configuration says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("newsarchive", appauthor=False) / "archive.db"


def archive_option(command: Command) -> Command:
    """Give a command `--db`, as the parameter `db`: the path of the archive."""

    def chosen(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
        if value is not None:
            return value
        from newsarchive.configuration import load

        return load().database or default_archive()

    return click.option(
        "--db",
        type=click.Path(path_type=Path, readable=False),  # which the archive itself says, with its exit code
        envvar=DB_VARIABLE,
        callback=chosen,
        help=f"The archive file.  [env: {DB_VARIABLE}; default: archive.db in your data folder, see `doctor`]",
    )(command)


def output_options(command: Command) -> Command:
    """Give a command the options of its output, as the parameter `output`."""

    @wraps(command)
    def with_output(*args: Any, **options: Any) -> Any:
        given = [form for form in _FORMS if options.pop(f"output_{form}")]
        if len(given) > 1:
            raise click.UsageError(f"choose one of --{' and --'.join(given)}")
        table_format, columns = options.pop("table_format"), options.pop("columns")
        output = Output(
            form=given[0] if given else "table" if table_format else "csv" if columns else "text",
            headers=not options.pop("no_headers"),
            table_format=table_format or "simple",
            columns=tuple(column for group in columns for column in group.split(",")),
            ascii=options.pop("ascii_only"),
            excel=options.pop("excel"),
        )
        return command(*args, output=output, **options)

    for option in reversed(_OUTPUT_OPTIONS):
        with_output = option(with_output)
    return with_output


_OUTPUT_OPTIONS = (
    click.option("--json", "output_json", is_flag=True, help="A JSON array, as UTF-8."),
    click.option("--nl", "output_nl", is_flag=True, help="One JSON object a line."),
    click.option("--csv", "output_csv", is_flag=True, help="Comma-separated values."),
    click.option("--tsv", "output_tsv", is_flag=True, help="Tab-separated values."),
    click.option("--table", "-t", "output_table", is_flag=True, help="A table."),
    click.option("--fmt", "table_format", help="The table's style, such as github or grid."),
    click.option("--columns", "-c", "columns", multiple=True, help="Only these columns, in this order."),
    click.option("--no-headers", is_flag=True, help="Leave out the line of column names."),
    click.option("--ascii", "ascii_only", is_flag=True, help="Escape all but ASCII in JSON."),
    click.option("--excel", is_flag=True, help="Begin CSV so that Excel reads it as UTF-8."),
)


def fetch_options(command: Command) -> Command:
    """Give a command the options of the fetcher, as the parameter `settings`: FetchSettings."""

    @wraps(command)
    def with_settings(*args: Any, **options: Any) -> Any:
        from newsarchive.configuration import load

        given = {f"fetch.{name}": options.pop(name) for name in _FETCH_OPTION_NAMES}
        return command(*args, settings=load(options=given).fetch, **options)

    for option in reversed(_FETCH_OPTIONS):
        with_settings = option(with_settings)
    return with_settings


_FETCH_OPTION_NAMES = ("allow", "contact", "user_agent", "proxy", "cookies", "insecure")
_FETCH_OPTIONS = (
    click.option(
        "--allow", multiple=True, metavar="HOST:PORT|CIDR", help="Fetch from this private address too; may be repeated."
    ),
    click.option("--contact", help="Your address or page, told to the sites in the User-Agent."),
    click.option("--user-agent", help="A User-Agent of your own."),
    click.option("--proxy", metavar="URL", help="Go through this proxy; the address policy does not apply there."),
    click.option("--cookies", metavar="FILE", help="Send the cookies of this file (Netscape format)."),
    click.option(
        "--insecure", multiple=True, metavar="HOST", help="Do not check this host's certificate; may be repeated."
    ),
)


def make_folder_of(db: Path) -> None:
    """Make the folder of the default archive; a folder that the user names must be there."""
    if db == default_archive():
        os.makedirs(db.parent, mode=0o700, exist_ok=True)  # noqa: PTH103  # Path.mkdir gives parents the default mode
