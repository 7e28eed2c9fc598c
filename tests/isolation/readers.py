"""Readers that go wrong in every way, to be called in a process of their own."""

from __future__ import annotations

import ctypes
import os
import sys
import time

from report.values import ReportError


def echo(value: object) -> object:
    return value


def process() -> int:
    return os.getpid()


def folder() -> str:
    return os.getcwd()


def loop() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(1000)


def eat() -> int:
    taken = []
    while True:
        taken.append(bytearray(50_000_000))


def double() -> str:
    text = "x"
    while True:
        text += text


def abort() -> None:
    os.abort()


def segfault() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(0)


def say() -> str:
    print("nobody reads this")
    print("nor this", file=sys.stderr)
    os.write(2, b"and what a library of another language says")
    return "said"


def refuse() -> None:
    raise ReportError.of("form.refused", "no", None, "correct it")


def fault() -> None:
    [][0]  # noqa: B018


def recurse() -> None:
    recurse()


def talk() -> bytes:
    return bytes(600_000_000)


def secret() -> object:
    return lambda: None


_KEPT: list[bytearray] = []


def keep(size: int) -> int:
    """Keep some memory, as libraries do, and return the number of the process."""
    _KEPT.append(bytearray(size))
    return os.getpid()
