"""The structure that the README draws: which folder imports which, and where each vendor is touched."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("qa", "ingest", "evals")
MAY_IMPORT = {"qa": {"qa"}, "ingest": {"qa", "ingest"}, "evals": {"qa", "ingest", "evals"}}
WIRING = Path("qa/cli")
VENDORS = {
    "chromadb": ("qa/library/vectors.py", "evals/bench/stock.py"),
    "tantivy": ("qa/library/lexical.py",),
    "rensa": ("qa/library/sketches.py",),
    "openai": ("qa/llm.py",),
    "gradio": ("qa/page/",),
}
HEAVY = ("chromadb", "gradio", "llama_index", "openai", "sqlalchemy", "tantivy", "trafilatura", "numpy", "pydantic")


def modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno


def top_level_imports(tree: ast.Module) -> set[str]:
    """Top packages that are imported when the module is, type-checking blocks aside."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {name.split(".")[0] for name, _ in imported(ast.Module(body=[node], type_ignores=[]))}
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_imports_only_what_it_may(folder: str) -> None:
    wrong = [
        f"{path}:{line} imports {name}"
        for path, tree in modules(folder)
        for name, line in imported(tree)
        if name.split(".")[0] in FOLDERS and name.split(".")[0] not in MAY_IMPORT[folder] and WIRING not in path.parents
    ]
    assert wrong == []


def test_the_command_line_wires_ingest_and_evals_inside_its_commands_only() -> None:
    for path, tree in modules("qa"):
        assert not {"ingest", "evals"} & top_level_imports(tree), path


@pytest.mark.parametrize(("vendor", "places"), VENDORS.items())
def test_a_vendor_is_touched_in_one_place(vendor: str, places: tuple[str, ...]) -> None:
    wrong = [
        f"{path}:{line}"
        for folder in FOLDERS
        for path, tree in modules(folder)
        for name, line in imported(tree)
        if name.split(".")[0] == vendor and not str(path).startswith(places)
    ]
    assert wrong == []


def test_the_environment_is_read_in_one_place() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for folder in FOLDERS
        for path, tree in modules(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and path != Path("qa/settings.py")
    ]
    assert wrong == []


def test_nothing_but_the_command_line_prints() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for folder in FOLDERS
        for path, tree in modules(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert wrong == []


@pytest.mark.parametrize("module", ["qa", "qa.cli.commands", "qa.values", "qa.errors"])
def test_light_modules_import_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_the_exported_names_are_there_and_complete() -> None:
    import qa

    assert all(getattr(qa, name) is not None for name in qa.__all__)
    assert set(qa.__all__) == set(qa._HOME)
    with pytest.raises(AttributeError, match="Nothing"):
        qa.Nothing  # noqa: B018


def test_the_error_tree_in_the_docstring_is_the_real_one() -> None:
    from qa import errors

    drawn = set(re.findall(r"\b(\w+Error)\b", errors.__doc__ or ""))
    real = {name for name, value in vars(errors).items() if isinstance(value, type) and name.endswith("Error")}
    assert drawn == real


def test_the_locks_are_hashed_and_name_no_index() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, flags=re.MULTILINE | re.IGNORECASE)
        assert len(pinned) > 50
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
