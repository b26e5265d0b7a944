"""Recall 一次问清: what several rooms ask for one page is asked of the database once.

A page that shows many rooms side by side opens `recalling()`; functions marked `recalled` answer the same question with the same
object until it ends. Only for reading: whoever writes within the block reads what stood before. Outside a block nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Told = TypeVar("Told")
_TOLD: ContextVar[dict[Hashable, Any] | None] = ContextVar("told", default=None)


@contextmanager
def recalling() -> Generator[None]:
    """Ask each question once until the end of the block; within another block, of that one. Also a decorator."""
    if _TOLD.get() is not None:
        yield
        return
    token = _TOLD.set({})
    try:
        yield
    finally:
        _TOLD.reset(token)


def recalled(ask: Callable[Given, Told]) -> Callable[Given, Told]:
    """Mark a read whose arguments are hashable and whose answer nobody changes."""

    shape = signature(ask)

    @wraps(ask)
    def asked(*args: Given.args, **kwargs: Given.kwargs) -> Told:
        told = _TOLD.get()
        if told is None:
            return ask(*args, **kwargs)
        given = shape.bind(*args, **kwargs)
        given.apply_defaults()
        key = (ask, *given.args, *given.kwargs.values())
        if key not in told:
            told[key] = ask(*args, **kwargs)
        return cast("Told", told[key])

    return asked
