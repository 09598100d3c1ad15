"""The command line: options in, one call, text out. A command's module is imported when the command is run."""

from __future__ import annotations

import io
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

import newsarchive
from newsarchive.errors import NewsArchiveError

if TYPE_CHECKING:
    from types import FrameType

_INTERRUPTED, _TERMINATED = 130, 143

# command -> the module of this package that holds it
_COMMANDS = {
    "fetch": "fetching",
    "parse": "fetching",
    "search": "searching",
    "show": "reading",
    "list": "reading",
    "versions": "history",
    "diff": "history",
    "changes": "history",
    "sites": "sites",
    "crawl": "crawling",
    "backfill": "crawling",
    "cron": "crawling",
    "health": "health",
    "stats": "health",
    "import": "indexing",
    "reindex": "indexing",
    "forget": "keeping",
    "doctor": "keeping",
    "verify": "verifying",
    "config": "configuring",
}


class _Commands(click.Group):
    """A group whose commands are imported one by one, so that `search` does not load the fetcher."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = import_module(f"newsarchive.cli.{_COMMANDS[name]}")
        command: click.Command = getattr(module, f"{name}_command")
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(newsarchive.__version__, prog_name="newsarchive")
def commands() -> None:
    """Keep Arabic news: fetch a page, read it with care, find it however it is spelled.

    \b
    newsarchive fetch URL       keep the page and read it
    newsarchive search WORDS    find it again
    newsarchive show ID         read it
    """


def main() -> NoReturn:
    """Run the command line; exit codes are told in docs/design.md."""
    os.umask(0o077)  # an archive may hold what endangers its sources: only its owner reads it
    signal.signal(signal.SIGTERM, _terminated)
    for stream in (sys.stdin, sys.stdout, sys.stderr):  # whatever the locale says: text here is Arabic
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; what goes wrong is said in one line."""
    try:
        code = commands.main(arguments, standalone_mode=False, prog_name="newsarchive")
        sys.stdout.flush()
    except click.ClickException as e:
        e.show()
        return e.exit_code
    except click.Abort:
        click.echo("interrupted; what was reported as stored is stored", err=True)
        return _INTERRUPTED
    except NewsArchiveError as e:
        click.echo(f"newsarchive: {e}", err=True)
        return e.exit_code
    except OSError as e:
        # What nothing else has caught is a log or an output on a disk that is full or gone.
        click.echo(f"newsarchive: {e.filename or 'output'}: {e.strerror or e}", err=True)
        _drop_output()
        return 1
    return code if isinstance(code, int) else 0


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(_TERMINATED)


def _drop_output() -> None:
    """Leave nothing in the buffer that Python would fail to write once more, with a traceback, at its exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
