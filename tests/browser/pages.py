"""One page of each kind: those that docs/skjermer.md shows."""

from tools.screens import SCREENS

KINDS = [screen.path for screen in SCREENS]
