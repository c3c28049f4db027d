"""README.md's table of settings names exactly what settings.py reads from the environment."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = {"has", "text", "choice", "flag", "whole", "address", "folder", "database"}
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \|", re.MULTILINE)


def names_read() -> set[str]:
    """The first argument of every env.<reader>("NAME", …) in settings.py."""
    tree = ast.parse((ROOT / "bikeens" / "settings.py").read_text())
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.func.attr in READERS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_readme_lists_every_setting_once() -> None:
    rows = ROW.findall((ROOT / "README.md").read_text())

    assert sorted(rows) == sorted(names_read())
