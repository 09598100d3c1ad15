"""Runs a function on input that nobody vouches for in a child process with limits, which may crash without harm.

C code ignores Python's signals and can need minutes, gigabytes or crash on a page that was made to do so: only another
process can be stopped from outside.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeVar

from newsarchive.errors import NewsArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import TracebackType

CPU_SECONDS = 20
MEMORY_BYTES = 600 * 2**20
# A child that waits for something uses no CPU; nothing that is run here has reason to.
_WALL_SECONDS = 3 * CPU_SECONDS

_P = ParamSpec("_P")
_Out = TypeVar("_Out")


class Exceeded(NewsArchiveError):
    """The function was stopped at a limit, or its process died."""


class Confined(Generic[_P, _Out]):
    """A function that runs in a child process; call it like the function, from one thread at a time.

    The child is started when it is first needed, kept for the next call, and replaced when it was stopped. Raises
    Exceeded where a limit was reached or the process died, and otherwise what the function raises.
    """

    def __init__(
        self,
        function: Callable[_P, _Out],
        *,
        cpu_seconds: int = CPU_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        wall_seconds: float = _WALL_SECONDS,
    ) -> None:
        self._function = function
        self._cpu_seconds = cpu_seconds
        self._memory_bytes = memory_bytes
        self._wall_seconds = wall_seconds
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _Out:
        pipe = self._pipe if self._pipe is not None else self._start()
        try:
            pipe.send((args, kwargs))
            if not pipe.poll(self._wall_seconds):
                raise self._stopped(f"took more than {self._wall_seconds:g} s")
            result, error = pipe.recv()
        except (EOFError, ConnectionError) as e:
            raise self._stopped(None) from e
        if isinstance(error, MemoryError):
            raise self._stopped(f"needed more than {self._memory_bytes // 2**20} MiB of memory")
        if error is not None:
            raise error
        answer: _Out = result
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, if there is one."""
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
        self._child = self._pipe = None

    def _start(self) -> Connection:
        # Not fork: the caller may have threads, and what they hold at that moment would be held for ever.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(
            target=_serve, args=(theirs, self._function, self._cpu_seconds, self._memory_bytes), daemon=True
        )
        self._child.start()
        theirs.close()
        return self._pipe

    def _stopped(self, reason: str | None) -> Exceeded:
        """The error for a child that answers no more, which is ended."""
        if reason is None and self._child is not None:
            self._child.join(5)
            reason = _reason(self._child.exitcode, self._cpu_seconds)
        self.close()
        return Exceeded(self._function.__name__, reason or "its process died")


def _reason(exit_code: int | None, cpu_seconds: int) -> str:
    if exit_code == -signal.SIGXCPU:
        return f"took more than {cpu_seconds} s of CPU time"
    if exit_code is not None and exit_code < 0:
        return f"its process died of {signal.Signals(-exit_code).name}"
    return f"its process ended with exit code {exit_code}"


def _serve(pipe: Connection, function: Callable[..., Any], cpu_seconds: int, memory_bytes: int) -> None:
    """The child's life: take arguments, answer (result, error), until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            args, kwargs = pipe.recv()
        except EOFError:
            return
        _allow_cpu(cpu_seconds)
        answer: tuple[Any, BaseException | None]
        try:
            answer = function(*args, **kwargs), None
        except BaseException as e:  # noqa: BLE001  # handed to the parent, which raises it
            answer = None, e
        pipe.send(answer)


def _allow_cpu(seconds: int) -> None:
    """Give the next call its own CPU time: the kernel counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
