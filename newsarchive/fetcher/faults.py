"""What goes wrong inside one exchange, before it has an address and becomes a FetchError."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsarchive.fetcher.answer import Served


class Fault(Exception):
    """One exchange failed; `transient` says that another try may do better.

    `reached` is False where no request came to the server; `retry_after` is what the server asked for, in seconds;
    `served` what it answered, where that was whole.
    """

    def __init__(
        self,
        reason: str,
        *,
        transient: bool = False,
        reached: bool = True,
        retry_after: float | None = None,
        served: Served | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.transient = transient
        self.reached = reached
        self.retry_after = retry_after
        self.served = served


class Refusal(Fault):
    """A policy forbids the exchange: it never took place."""


class Stopped(Fault):
    """The fetcher was closed meanwhile: this says nothing about the server."""

    def __init__(self) -> None:
        super().__init__("stopped before it was done", reached=False)


class TooManyRedirects(Fault):
    """The redirects do not come to an end."""
