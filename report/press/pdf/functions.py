"""Functions of a PDF (ISO 32000-1, 7.10): sampled, exponential, stitched and calculated, as Python functions."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Callable, Sequence
from typing import Any

import pikepdf

from report.press.pdf import streams, tokens
from report.press.pdf.objects import BROKEN, OddObjectError, dictionary, entries, number, numbers, shortened

Function = Callable[[Sequence[float]], list[float]]
Spend = Callable[[float], None]
"""Takes the steps that something costs; may raise where there are not so many left."""
_DEPTH = 8
_SAMPLES = 1_000_000
"""The most bytes of a sampled function."""
_INPUTS = 8
"""A sampled function of more inputs would need too many samples at once: two to the power of their number."""
_PARTS = 256
_STEPS = 2_000
_PROGRAM, _NESTED, _STACK = 100_000, 32, 100
_COMMENT = re.compile(rb"%[^\r\n]*")
_WORD = re.compile(rb"[{}]|[^\0\s{}]+")
_LARGE = 1 << 31
"""Whole numbers of a calculated function are below this (ISO 32000-1, annex C)."""
_READ, _CALL, _STEP = 60, 6, 1.2
"""Steps that a function costs when it is read and when it is called, and that a word of a program costs."""


def free(_steps: float) -> None:
    """Spend nothing: for files of our own."""


def function(source: Any, spend: Spend = free, depth: int = 0) -> Function:
    """Return a PDF's function, or an array of functions as one; raise `OddObjectError` where it is malformed.

    `spend` takes the steps that it costs, now and each time that it is called.
    """
    if depth > _DEPTH:
        raise OddObjectError("endlessly nested functions")
    spend(_READ)
    if isinstance(source, pikepdf.Array):
        parts = [function(one, spend, depth + 1) for one in entries(source, 32)]
        return lambda values: [value for part in parts for value in part(values)]
    try:
        kind = int(number(dictionary(source).get("/FunctionType"), -1))
        if kind not in _KINDS:
            raise OddObjectError(f"a function of type {kind}")
        evaluate = _KINDS[kind](source, spend, depth)
        domain, limits = numbers(source.get("/Domain")), numbers(source.get("/Range"))
    except streams.TooMuchError:
        raise OddObjectError("a function that is too large") from None
    except streams.UnreadableError:
        raise OddObjectError("a function that cannot be read") from None
    except OddObjectError:
        raise
    except BROKEN:
        raise OddObjectError("a malformed function") from None

    def bounded(values: Sequence[float]) -> list[float]:
        spend(_CALL)
        inside = _clip(values, domain)
        try:
            return _clip(evaluate(inside), limits)
        except OddObjectError:
            raise
        except BROKEN:
            raise OddObjectError("a function that cannot be evaluated") from None

    return bounded


def _clip(values: Sequence[float], limits: Sequence[float]) -> list[float]:
    if not limits:
        return list(values)
    pairs = zip(values, limits[::2], limits[1::2], strict=False)
    return [min(max(value, low), high) for value, low, high in pairs]


def _exponential(source: Any, _spend: Spend, _depth: int) -> Function:
    first, last = numbers(source.get("/C0")) or [0.0], numbers(source.get("/C1")) or [1.0]
    power = number(source["/N"])

    def evaluate(values: Sequence[float]) -> list[float]:
        x = values[0] ** power if values[0] or power else 1.0
        return [a + x * (b - a) for a, b in zip(first, last, strict=False)]

    return evaluate


def _stitched(source: Any, spend: Spend, depth: int) -> Function:
    if len(source["/Functions"]) > _PARTS:
        raise OddObjectError(f"a function stitched of more than {_PARTS}")
    parts = [function(one, spend, depth + 1) for one in entries(source["/Functions"], _PARTS)]
    bounds, encode = numbers(source.get("/Bounds"), _PARTS), numbers(source.get("/Encode"), 2 * _PARTS)
    low, high = numbers(source.get("/Domain"), 2)
    edges = [low, *bounds, high]

    def evaluate(values: Sequence[float]) -> list[float]:
        x = values[0]
        index = min(bisect.bisect_right(bounds, x), len(parts) - 1)
        left, right = edges[index], edges[index + 1]
        a, b = encode[2 * index : 2 * index + 2]
        return parts[index]([a + (x - left) * (b - a) / (right - left) if right > left else a])

    return evaluate


def _sampled(source: Any, spend: Spend, _depth: int) -> Function:
    size = [int(one) for one in numbers(source.get("/Size"), _INPUTS + 1)]
    domain, limits = numbers(source.get("/Domain")), numbers(source.get("/Range"))
    bits, outputs = int(number(source.get("/BitsPerSample"))), len(limits) // 2
    encode = numbers(source.get("/Encode")) or [float(edge) for n in size for edge in (0, n - 1)]
    decode = numbers(source.get("/Decode")) or limits
    total = math.prod(size) * outputs * bits // 8
    if len(size) > _INPUTS or not 0 < total <= _SAMPLES or bits not in (1, 2, 4, 8, 12, 16, 24, 32):
        raise OddObjectError("a sampled function that is too large")
    data, top = streams.head(source, total + 1, spend), (1 << bits) - 1
    if not data:
        raise OddObjectError("a sampled function without samples")

    def sample(index: int, output: int) -> float:
        at = (index * outputs + output) * bits
        first, last = at // 8, (at + bits + 7) // 8
        value = int.from_bytes(data[first:last], "big") >> (last * 8 - at - bits) & top
        low, high = decode[2 * output : 2 * output + 2]
        return low + value * (high - low) / top

    def evaluate(values: Sequence[float]) -> list[float]:
        corners = [(0, 1.0)]
        stride = 1
        for i, (value, count) in enumerate(zip(values, size, strict=True)):
            low, high = domain[2 * i : 2 * i + 2]
            a, b = encode[2 * i : 2 * i + 2]
            x = min(max(a + (value - low) * (b - a) / ((high - low) or 1), 0), count - 1)
            floor = min(int(x), max(count - 2, 0))
            part = x - floor
            steps = [(floor, 1 - part), (floor + 1, part)] if part else [(floor, 1.0)]
            corners = [(at + stride * step, w * weight) for at, w in corners for step, weight in steps]
            stride *= count
        spend(len(corners) * outputs)
        return [sum(weight * sample(at, output) for at, weight in corners) for output in range(outputs)]

    return evaluate


def _calculated(source: Any, spend: Spend, _depth: int) -> Function:
    content = streams.unpacked(source, _PROGRAM, spend)
    spend(len(content) / 20)
    program = _parsed(content)

    def evaluate(values: Sequence[float]) -> list[float]:
        stack: list[Any] = list(values)
        left = [_STEPS]
        try:
            _run(program, stack, left)
        finally:
            spend((_STEPS - left[0]) * _STEP)
        return [float(one) for one in stack]

    return evaluate


_KINDS = {0: _sampled, 2: _exponential, 3: _stitched, 4: _calculated}


def _parsed(content: bytes) -> list[Any]:
    """Return a program as numbers, words and programs within it; comments are left out (ISO 32000-1, 7.2.4)."""
    stack: list[list[Any]] = [[]]
    for word in _WORD.findall(_COMMENT.sub(b" ", content)):
        if word == b"{":
            if len(stack) > _NESTED:
                raise OddObjectError("a program nested too deeply")
            stack.append([])
        elif word == b"}":
            if len(stack) < 2:
                raise OddObjectError("a program with a bracket too many")
            inner = stack.pop()
            stack[-1].append(inner)
        elif word[:1].isalpha():
            stack[-1].append(word.decode("latin-1"))
        else:
            stack[-1].append(tokens.number(word))
    if len(stack) != 1 or not stack[0] or not isinstance(stack[0][0], list):
        raise OddObjectError("no program")
    return stack[0][0]


_UNARY: dict[str, Callable[[Any], Any]] = {
    "abs": abs, "neg": lambda a: -a, "ceiling": math.ceil, "floor": math.floor, "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc, "cvi": math.trunc, "cvr": float, "sqrt": lambda a: math.sqrt(max(a, 0)),
    "sin": lambda a: math.sin(math.radians(a)), "cos": lambda a: math.cos(math.radians(a)), "ln": math.log,
    "log": math.log10, "not": lambda a: not a if isinstance(a, bool) else ~int(a),
}  # fmt: skip
_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b if b else 0.0, "idiv": lambda a, b: math.trunc(a / b), "mod": math.fmod,
    "exp": lambda a, b: float(a) ** b, "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
    "and": lambda a, b: a and b if isinstance(a, bool) else int(a) & int(b),
    "or": lambda a, b: a or b if isinstance(a, bool) else int(a) | int(b),
    "xor": lambda a, b: a != b if isinstance(a, bool) else int(a) ^ int(b),
    "bitshift": lambda a, b: int(a) << min(int(b), 32) if b >= 0 else int(a) >> min(-int(b), 64),
}  # fmt: skip


def _copy(stack: list[Any]) -> None:
    count = int(stack.pop())
    stack.extend(stack[-count:] if 0 < count <= _STACK else [])


def _roll(stack: list[Any]) -> None:
    by, count = int(stack.pop()), int(stack.pop())
    if not 0 <= count <= len(stack):
        raise OddObjectError("a function that has too few values")
    if count:
        start = len(stack) - count
        by = len(stack) - by % count
        stack[start:] = stack[by:] + stack[start:by]


def _exchange(stack: list[Any]) -> None:
    stack[-1], stack[-2] = stack[-2], stack[-1]


_STACK_OPERATORS: dict[str, Callable[[list[Any]], object]] = {
    "dup": lambda stack: stack.append(stack[-1]), "pop": lambda stack: stack.pop(), "exch": _exchange, "copy": _copy,
    "index": lambda stack: stack.append(stack[-1 - int(stack.pop())]), "roll": _roll,
    "true": lambda stack: stack.append(True), "false": lambda stack: stack.append(False),
}  # fmt: skip


def _run(program: list[Any], stack: list[Any], left: list[int]) -> None:
    """Run a program of Table 42; there are no loops in it, but it may be long."""
    for index, word in enumerate(program):
        left[0] -= 1
        if left[0] < 0 or len(stack) > _STACK:
            raise OddObjectError("a function that is too long")
        if isinstance(word, list):
            continue  # a procedure, which the if or ifelse after it runs
        if not isinstance(word, str):
            stack.append(word)
        elif word in _UNARY:
            stack.append(_UNARY[word](stack.pop()))
        elif word in _BINARY:
            b, a = stack.pop(), stack.pop()
            value = _BINARY[word](a, b)
            stack.append(value if not isinstance(value, int) or -_LARGE <= value <= _LARGE else float(value))
        elif word == "if":
            if stack.pop():
                _run(program[index - 1], stack, left)
        elif word == "ifelse":
            _run(program[index - 2] if stack.pop() else program[index - 1], stack, left)
        elif word in _STACK_OPERATORS:
            _STACK_OPERATORS[word](stack)
        else:
            raise OddObjectError(f"a function with no operator {shortened(word)}")
