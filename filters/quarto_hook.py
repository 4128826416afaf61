"""What Quarto runs before and after it renders (_quarto.yml): the project's own Python does it."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OWN = (ROOT / ".venv" / "bin" / "python", ROOT / ".venv" / "Scripts" / "python.exe")
python = next((str(path) for path in OWN if path.is_file()), "")
if not python and find_spec("kunnskapsgrunnlag"):
    python = sys.executable
if not python:
    sys.exit(
        "kg: prosjektet er ikke installert i denne mappen: .venv mangler. Installer det slik "
        "README sier, og kjør quarto igjen."
    )
command = [python, "-m", "kunnskapsgrunnlag", "quarto", *sys.argv[1:]]
sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
