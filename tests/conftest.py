"""What all tests share: the corpora of others beside the checkout, the project's own fixtures."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
SHARED = ROOT.parent / "shared"


@pytest.fixture
def shared() -> Path:
    """The folder of test data that is not part of the project; the test is skipped where it is absent.

    With NEWSARCHIVE_TESTS_COMPLETE set a missing part is a failure.
    """
    if not SHARED.is_dir():
        if os.environ.get("NEWSARCHIVE_TESTS_COMPLETE"):
            pytest.fail(f"{SHARED} is missing")
        pytest.skip("the shared test data is not beside this checkout")
    return SHARED


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what a test prints is its own."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders on loopback for the length of a test: `serve(folder)` gives HOST:PORT."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(_served(folder))


@dataclass(frozen=True)
class FixturePage:
    """One page of fixtures/ and its expected record."""

    path: Path
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()


def fixture_pages() -> list[FixturePage]:
    """All pages of fixtures/ that have an expected record beside them."""
    return [
        FixturePage(page, json.loads(page.with_suffix(".json").read_text(encoding="utf-8")))
        for page in sorted(FIXTURES.glob("*/*.html"))
        if page.with_suffix(".json").exists()
    ]
