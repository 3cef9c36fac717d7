"""How much the tests notice: small faults are put into a module, one at a time. Not run by pytest.

    python tests/faults.py generator/publish.py tests/test_publish.py [TEST ...] [-n 30] [--seed 0]

Each fault (a comparison turned round, a condition negated, a number one off, a text emptied, `and`
for `or`, a statement left out) is made in a copy of the project, and the tests that are named run
until the first fails, for three minutes at most. It prints each fault that none of them noticed,
with its line, and the share that was noticed. Name tests that assert, not those that compare with
outputs/, which a rebuild would silence.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECONDS = 180
_OTHER: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
}  # fmt: skip

_STATEMENTS = (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Raise)

Fault = tuple[int, str, Callable[[], None]]


def faults(tree: ast.Module) -> Iterator[Fault]:
    """The line of each fault, what it is, and what makes it in the tree."""
    docstrings = {
        id(node.value) for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER:
            other = _OTHER[type(node.ops[0])]()
            yield node.lineno, "compares otherwise", lambda n=node, o=other: n.ops.__setitem__(0, o)
        if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _OTHER:
            other = _OTHER[type(node.op)]()
            yield node.lineno, "joins otherwise", lambda n=node, o=other: setattr(n, "op", o)
        if isinstance(node, ast.If | ast.While | ast.IfExp):
            negated = ast.UnaryOp(ast.Not(), node.test)
            yield node.lineno, "is negated", lambda n=node, t=negated: setattr(n, "test", t)
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            value = node.value
            if isinstance(value, bool):
                yield node.lineno, "is turned", lambda n=node, v=value: setattr(n, "value", not v)
            elif isinstance(value, int | float):
                yield node.lineno, "is one more", lambda n=node, v=value: setattr(n, "value", v + 1)
            elif isinstance(value, str | bytes) and value:
                yield node.lineno, "is empty", lambda n=node, v=value: setattr(n, "value", v[:0])
        for body in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            for at, each in enumerate(body if isinstance(body, list) else ()):
                is_docstring = isinstance(each, ast.Expr) and id(each.value) in docstrings
                if isinstance(each, _STATEMENTS) and not is_docstring:
                    yield (
                        each.lineno, "is left out",
                        lambda b=body, a=at: b.__setitem__(a, ast.Pass()),
                    )  # fmt: skip


def copied(folder: Path) -> Path:
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in names.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def noticed(folder: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        return bool(subprocess.run(
            command, cwd=folder, capture_output=True, timeout=SECONDS, check=False
        ).returncode)  # fmt: skip
    except subprocess.TimeoutExpired:
        return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("module")
    parser.add_argument("tests", nargs="+")
    parser.add_argument("-n", type=int, default=30, help="how many faults; default: 30")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    source = (ROOT / asked.module).read_text(encoding="utf-8")
    count = len(list(faults(ast.parse(source))))
    chosen = random.Random(asked.seed).sample(range(count), min(asked.n, count))
    with tempfile.TemporaryDirectory() as temporary:
        folder = copied(Path(temporary))
        if noticed(folder, asked.tests):
            sys.exit("the tests fail without any fault")
        missed = 0
        for number in sorted(chosen):
            tree = ast.parse(source)
            line, what, make = list(faults(tree))[number]
            make()
            text = ast.unparse(ast.fix_missing_locations(tree))
            (folder / asked.module).write_text(text, encoding="utf-8")
            if not noticed(folder, asked.tests):
                missed += 1
                print(f"{asked.module}:{line}: {what}: {source.splitlines()[line - 1].strip()}")
        share = 1 - missed / len(chosen)
        print(f"{asked.module}: {len(chosen) - missed} of {len(chosen)} noticed ({share:.0%})")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
