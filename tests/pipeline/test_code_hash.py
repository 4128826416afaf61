from pathlib import Path

import pytest

from kunnskapsgrunnlag.pipeline.code_hash import ImportGraph
from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "kunnskapsgrunnlag"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return tmp_path / "pk"


def write(package: Path, **modules: str) -> None:
    for name, text in modules.items():
        path = package.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def behind(package: Path, module: str) -> set[str]:
    paths = ImportGraph(package).files_behind(package / module)
    return {path.relative_to(package).as_posix() for path in paths}


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        ({"a": "import json\n", "b": ""}, "a.py"),
        ({"a": "from pk.b import x\n", "b": "import pk.c\n", "c": "", "d": ""}, "a.py b.py c.py"),
        ({"a": "from pk.b import x\n", "b": "from pk.a import y\n"}, "a.py b.py"),
        ({"a": "def f():\n    from pk import b\n", "b": ""}, "a.py b.py"),
        ({"a": "from pkg.b import x\nimport pkb\n", "b": ""}, "a.py"),
    ],
    ids=["alone", "to their end", "a circle", "inside a function", "a similar name"],
)
def test_imports_within_the_package_are_followed(
    package: Path, modules: dict[str, str], expected: str
) -> None:
    write(package, **modules)
    assert behind(package, "a.py") == set(expected.split())


def test_the_packages_on_the_way_count(package: Path) -> None:
    init = package / "sub" / "__init__.py"
    write(package, a="from pk.sub.b import x\n", sub__b="")
    init.write_text("", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    assert behind(package, "a.py") == {"__init__.py", "a.py", "sub/__init__.py", "sub/b.py"}


def test_an_item_is_made_of_its_module_and_what_it_uses() -> None:
    found = behind(PACKAGE, "items/tabell_24.py")
    assert {
        "items/tabell_24.py",
        "store/formulas.py",
        "store/traced.py",
        "base/nb_numbers.py",
    } <= found
    assert not found & {"items/tabell_30.py", "cli.py", "render/site.py"}
