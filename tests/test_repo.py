"""Promises about the repository itself."""

import re
import subprocess

import yaml

from kunnskapsgrunnlag import __version__
from kunnskapsgrunnlag.catalog.read import read_catalog
from tests.checkout import ROOT


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    return [name for name in listed.stdout.split("\0") if name]


def test_quarto_lists_the_same_chapters_as_the_catalogue() -> None:
    book = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    catalog = read_catalog(ROOT / "params.yaml")

    files = {key: chapter.file for key, chapter in catalog.chapters.items()}
    parts = {part: [files[key] for key in keys] for part, keys in catalog.parts.items()}
    assert book["chapters"] == [
        *parts.pop("", []),
        *({"part": part, "chapters": own} for part, own in parts.items()),
    ]
    # A part whose chapters stand apart would be put together by the one and not by the other.
    assert [file for own in parts.values() for file in own] == [*files.values()][1:]


def test_quartos_themes_have_the_colours_of_the_tokens() -> None:
    tokens = (ROOT / "assets/site/kg.css").read_text(encoding="utf-8")
    for theme, start in (("lys", ":root {"), ("mork", "body.quarto-dark {")):
        block = tokens[tokens.index(start) :].partition("}")[0]
        scss = (ROOT / f"assets/quarto/{theme}.scss").read_text(encoding="utf-8")
        colours = re.findall(r"^\$[\w-]+: (#\w{6}); // (--kg-[\w-]+)$", scss, re.M)
        assert len(colours) > 10
        assert [c for c in colours if f"{c[1]}: {c[0]};" not in block] == []


def test_quarto_adds_nothing_to_what_git_ignores() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/.quarto/", "**/*.quarto_ipynb"} <= set(ignored)


def test_locks_pin_every_package_with_hashes_and_name_no_host() -> None:
    for name in ("report", "dev"):
        text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        packages = re.findall(r"^[a-z0-9][\w.-]*==", text, re.M)
        assert len(packages) > 100
        assert "://" not in text
        assert not re.search(r"^[a-z0-9][^\n\\]*$", text, re.M), "a package without a hash"


def test_report_lock_is_part_of_the_dev_lock() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        return set(re.findall(r"^([a-z0-9][\w.-]*==\S+)", text, re.M))

    assert pins("report") <= pins("dev")


def test_notebook_is_committed_without_outputs() -> None:
    import json

    sheet = json.loads((ROOT / "notebooks/item.ipynb").read_text(encoding="utf-8"))

    assert all(not c.get("outputs") and not c.get("execution_count") for c in sheet["cells"])


def test_only_data_folders_hold_data() -> None:
    data = [n for n in tracked() if n.endswith((".csv", ".json", ".parquet", ".xlsx", ".px"))]

    own = ("data/signoff/content/", "data/ord/", "editions/", "tests/")
    folders = ("data/raw/", "data/published/", *own)
    schemas = (".schema.json",)
    assert {n for n in data if not n.startswith(folders) and not n.endswith(schemas)} == set()


def test_every_snapshot_has_its_provenance_and_its_source() -> None:
    catalog = read_catalog(ROOT / "params.yaml")
    files = {n for n in tracked() if n.startswith("data/raw/") and not n.endswith(".source.yaml")}

    declared = {f"data/raw/{source.file}" for source in catalog.sources.values()}
    models = {n for n in files if n.startswith(("data/raw/oslo/", "data/raw/leveranser/"))}
    assert files - models - {"data/raw/estimat/opplysninger.csv"} == declared - models
    for name in files - {"data/raw/leveranser/LESMEG.md"}:
        assert (ROOT / f"{name}.source.yaml").is_file()


def test_text_files_are_utf8_with_unix_line_ends() -> None:
    binary = (".ttf", ".woff2", ".png", ".webp", ".xlsx", ".ods")
    for name in tracked():
        if not name.endswith(binary):
            raw = (ROOT / name).read_bytes()
            raw.decode("utf-8")
            assert b"\r\n" not in raw, name


def test_lua_filter_is_the_one_both_engines_use() -> None:
    for profile in ("_quarto.yml", "_quarto-pdf.yml"):
        held = yaml.safe_load((ROOT / profile).read_text(encoding="utf-8"))
        assert held["filters"] == ["filters/kg.lua"]


def test_readme_spells_out_every_make_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.M)

    assert targets
    assert set(targets[1].split()) == set(re.findall(r"^\| `make ([\w-]+)` \|", readme, re.M))


def headings(page: str) -> set[str]:
    words = re.findall(r"^#+ (.*)$", page, re.M)
    return {re.sub(r"[^\w\- ]", "", word.lower()).replace(" ", "-") for word in words}


def test_links_of_readme_and_docs_lead_to_a_file_and_a_heading() -> None:
    pages = [ROOT / name for name in tracked() if re.match(r"(docs/.*|[^/]*)\.md$", name)]
    broken = []
    for page in (page for page in pages if page.is_file()):
        text = page.read_text(encoding="utf-8")
        text = re.sub(r"^(```.*?^```| {4}.*?)$", "", text, flags=re.M | re.S)
        text = re.sub(r"`[^`\n]*`", "", text)
        for file, heading in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text):
            target = (page.parent / file) if file else page
            is_page = target.suffix == ".md" and target.is_file()
            known = headings(target.read_text(encoding="utf-8")) if is_page else set()
            if not target.exists() or (heading and is_page and heading not in known):
                broken.append(f"{page.relative_to(ROOT)}: {file}#{heading}")
    assert len(pages) > 10
    assert not broken


def test_one_version_stands_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d[\d.]*)\]", changelog, re.M)

    assert newest
    assert newest[1] == citation["version"] == __version__


def test_workflows_pin_their_actions_and_run_what_is_there() -> None:
    workflows = sorted((ROOT / ".github/workflows").glob("*.yml"))
    assert len(workflows) == 4
    for path in workflows:
        text = path.read_text(encoding="utf-8")
        assert yaml.safe_load(text)["jobs"]
        for action in re.findall(r"uses: (\S+)", text):
            assert re.search(r"@[0-9a-f]{40}$", action), f"{path.name}: {action}"
        for script in re.findall(r"(?:run: |python )((?:\.ci|tools)/[\w.]+)", text):
            assert (ROOT / script).is_file()
