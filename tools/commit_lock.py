"""Build what is being committed, and put the dvc.lock of that build into the commit.

Run by pre-commit, which has laid aside what is not staged (docs/dvc.md). A new file that is not
added would be built and not committed, so it is refused.
"""

import subprocess
import sys

READ = (
    *("_quarto.yml", "_quarto-pdf.yml", "assets", "chapters", "data", "dvc.yaml", "editions"),
    *("filters", "index.md", "notebooks", "params.yaml", "src"),
)


def main() -> int:
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "--", *READ],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    if listed.stdout:
        sys.stderr.write(
            f"Bygget leser disse, men de er ikke med i commiten:\n{listed.stdout}"
            "Legg dem til med git add, eller flytt dem bort.\n"
        )
        return 1
    built = subprocess.run(
        [sys.executable, "-m", "kunnskapsgrunnlag", "build", "--quiet"], check=False
    )
    return built.returncode or subprocess.run(["git", "add", "dvc.lock"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
