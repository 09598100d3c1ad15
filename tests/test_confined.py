"""A child process that may loop, eat memory or crash without harm to its parent."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from newsarchive.confined import Confined, Exceeded
from newsarchive.errors import ParseError


def act(what: str) -> str:
    """What a page could make a parser do."""
    if what == "loop":
        while True:
            pass
    if what == "sleep":
        time.sleep(60)
    if what == "eat":
        return str(len(bytearray(1 << 30)))
    if what == "crash":
        os.abort()
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "leave":
        os._exit(7)
    if what == "refuse":
        raise ParseError("page", "cannot be read")
    if what == "recurse":
        return act(what)
    return f"{what} in {os.getpid()}"


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined[[str], str]]:
    with Confined(act, cpu_seconds=1, wall_seconds=4) as child:
        yield child


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("loop", "1 s of CPU time"),
        ("sleep", "took more than 4 s"),
        ("eat", "600 MiB of memory"),
        ("crash", "SIGABRT"),
        ("kill", "SIGKILL"),
        ("leave", "exit code 7"),
    ],
)
def test_what_goes_too_far_is_stopped_with_the_reason_and_the_next_call_works(
    confined: Confined[[str], str], what: str, reason: str
) -> None:
    with pytest.raises(Exceeded, match=reason):
        confined(what)
    assert confined("work").startswith("work in ")


def test_an_error_of_the_function_is_raised_as_it_is(confined: Confined[[str], str]) -> None:
    with pytest.raises(ParseError, match="page: cannot be read"):
        confined("refuse")
    with pytest.raises(RecursionError):
        confined("recurse")


def test_a_child_serves_many_calls_and_never_in_the_parent(confined: Confined[[str], str]) -> None:
    first, second = confined("work"), confined("work")
    assert first == second != f"work in {os.getpid()}"


def test_cpu_time_is_counted_for_each_call() -> None:
    with Confined(burn, cpu_seconds=1) as child:
        assert [child(0.8) for _ in range(3)] == [0.8] * 3


def burn(seconds: float) -> float:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return seconds
