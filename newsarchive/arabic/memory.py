"""Answers that are found out once."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


class Remembered(dict[str, Answer]):
    """A function's answers for words, as a mapping: found out when first asked for; of too many the
    later half is forgotten.

    `map(remembered.__getitem__, words)` asks without a call for each word.
    """

    def __init__(self, find: Callable[[str], Answer], *, most: int) -> None:
        super().__init__()
        self._find = find
        self._most = most

    def __missing__(self, word: str) -> Answer:
        if len(self) >= self._most:  # the words that came first are the frequent ones
            for seldom in list(islice(self, self._most // 2, None)):
                del self[seldom]
        answer = self[word] = self._find(word)
        return answer
