"""Make code return the value of its last expression as text."""

from __future__ import annotations

import ast
import warnings

_FLAGS = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def with_value_shown(code: str) -> str:
    """Return code whose last expression, if it ends in one, has its own `repr` as its value.

    Only text may leave the interpreter. Printing a value out here would visit every part of it, and ten short
    lines make a list that holds itself 10^20 times over. Code that this Python cannot parse is returned
    unchanged: the interpreter says what is wrong with it.
    """
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    last = _last(code)
    if last is None:
        return code
    lines = code.encode().split(b"\n")
    start = _offset(lines, last.lineno, last.col_offset)
    end = _offset(lines, last.end_lineno or 0, last.end_col_offset or 0)
    whole = b"\n".join(lines)
    return (whole[:start] + b"repr((" + whole[start:end] + b"))" + whole[end:]).decode()


def _last(code: str) -> ast.Expr | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = compile(code, "code", "exec", flags=_FLAGS)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    last = tree.body[-1] if tree.body else None
    is_value = isinstance(last, ast.Expr) and not isinstance(last.value, ast.Starred)  # `*x` parses alone
    return last if is_value else None


def _offset(lines: list[bytes], line: int, column: int) -> int:
    """Return the offset of a line and column in the whole, in bytes."""
    return sum(len(before) + 1 for before in lines[: line - 1]) + column
