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


def behind(package: Path, *modules: str) -> set[str]:
    paths = ImportGraph(package).files_behind(*(package / module for module in modules))
    return {path.relative_to(package).as_posix() for path in paths}


def test_a_module_that_imports_nothing_stands_alone(package: Path) -> None:
    write(package, a="import json\n", b="")

    assert behind(package, "a.py") == {"a.py"}


def test_imports_are_followed_to_their_end(package: Path) -> None:
    write(package, a="from pk.b import x\n", b="import pk.c\n", c="", d="")

    assert behind(package, "a.py") == {"a.py", "b.py", "c.py"}


def test_a_circle_of_imports_ends(package: Path) -> None:
    write(package, a="from pk.b import x\n", b="from pk.a import y\n")

    assert behind(package, "a.py") == {"a.py", "b.py"}


def test_imports_inside_functions_count(package: Path) -> None:
    write(package, a="def f():\n    from pk import b\n", b="")

    assert "b.py" in behind(package, "a.py")


def test_the_packages_on_the_way_count(package: Path) -> None:
    init = package / "sub" / "__init__.py"
    write(package, a="from pk.sub.b import x\n", sub__b="")
    init.write_text("", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")

    assert behind(package, "a.py") == {"__init__.py", "a.py", "sub/__init__.py", "sub/b.py"}


def test_another_package_with_a_similar_name_does_not_count(package: Path) -> None:
    write(package, a="from pkg.b import x\nimport pkb\n", b="")

    assert behind(package, "a.py") == {"a.py"}


def test_several_modules_share_what_is_behind_them(package: Path) -> None:
    write(package, a="from pk.c import x\n", b="from pk.c import x\n", c="")

    assert behind(package, "a.py", "b.py") == {"a.py", "b.py", "c.py"}


def test_an_item_is_made_of_its_module_and_what_it_uses() -> None:
    found = behind(PACKAGE, "items/tabell_24.py")

    assert {
        "items/tabell_24.py",
        "store/formulas.py",
        "store/traced.py",
        "base/nb_numbers.py",
    } <= found
    assert not found & {"items/tabell_30.py", "cli.py", "render/site.py"}
