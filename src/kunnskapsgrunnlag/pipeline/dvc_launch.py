"""Start DVC with a quick way to update its lock file.

After every stage DVC reads and writes the whole of dvc.lock in pure Python, so that comments in it
would survive. There are none, and with a hundred stages that is most of a cold build: measured 81 s
with it and 40 s without. libyaml writes the same bytes (tests/pipeline/test_dvc_launch.py), a
hundred times faster. Where a later DVC no longer has this function, DVC simply does it its own way.
"""

from __future__ import annotations

import os
import re
import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(Dumper):  # type: ignore[misc]  # chosen at run time
    """Writes ordered mappings as mappings, and never an alias."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


# Hashes that a YAML 1.2 reader, such as DVC's, takes for numbers where libyaml sees text: 12e345.
_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?")


def _text(dumper: Any, text: str) -> Any:
    style = "'" if _NUMBER.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(OrderedDict, lambda d, held: d.represent_dict(held.items()))


def dumped(held: Any) -> str:
    """The lock file's text, as DVC writes it."""
    text: str = yaml.dump(
        held, Dumper=_Dumper, sort_keys=False, default_flow_style=False, allow_unicode=True
    )
    return text


@contextmanager
def modify_lock(path: Any, fs: Any = None) -> Iterator[dict[str, Any]]:
    """Read, let the caller change, write: what DVC's `modify_yaml` does."""
    name = os.fspath(path)
    held: dict[str, Any] = {}
    if fs.exists(name) if fs else os.path.exists(name):  # noqa: PTH110  # a path of DVC's own kind
        with (fs.open if fs else open)(name, encoding="utf-8") as file:
            held = yaml.load(file, Loader=Loader) or {}
    yield held
    with (fs.open if fs else open)(name, "w+", encoding="utf-8") as file:
        file.write(dumped(held))


def main() -> int:
    """Run DVC with the arguments of the process."""
    import dvc.dvcfile
    from dvc.cli import main as dvc_main

    original = getattr(dvc.dvcfile, "modify_yaml", None)
    if original is not None:

        def modify(path: Any, fs: Any = None) -> Any:
            quick = os.fspath(path).endswith(".lock")
            return modify_lock(path, fs) if quick else original(path, fs)

        dvc.dvcfile.modify_yaml = modify
    code: int = dvc_main(sys.argv[1:])
    return code


if __name__ == "__main__":
    sys.exit(main())
