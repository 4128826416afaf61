"""The areas of a level, and what their numbers and files are called."""

from __future__ import annotations

from dataclasses import dataclass, field

from kunnskapsgrunnlag.base.regions import BY_KEY, members
from kunnskapsgrunnlag.catalog.profiles import ProfileLevel

# Where the site has what the explorer knows of a level.
SCRIPT = "assets/profil-{}.js"
# Beside a level's numbers: its map as a part of any page.
MAP = "kart.html"


@dataclass(frozen=True)
class Areas:
    """The areas of a level.

    Attributes:
        names: Key of each area -> its name, in their order.
        whole: Key and name of what they are compared with.
        parts: Key of each part -> its name and the key of its area.
        merged: Key of a former area -> that of the one it is part of now.
        beyond: Key of each larger region that the explorer shows too -> its name.
    """

    names: dict[str, str]
    whole: tuple[str, str]
    parts: dict[str, tuple[str, str]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    beyond: dict[str, str] = field(default_factory=dict)

    @property
    def larger(self) -> dict[str, str]:
        """What areas are seen against: the whole, and what is larger still."""
        return {self.whole[0]: self.whole[1], **self.beyond}

    def name(self, key: str) -> str:
        known = {**self.names, **self.larger}
        return known[key] if key in known else self.parts[key][0]


def areas_of(level: ProfileLevel) -> Areas:
    """The areas as the project knows them."""
    names = {region.key: region.name for region in members([level.areas])}
    parts = members([level.parts]) if level.parts else []
    return Areas(
        names,
        (level.whole, BY_KEY[level.whole].name),
        {part.key: (part.name, part.parent) for part in parts if part.parent in names},
        beyond={key: BY_KEY[key].name for key in level.beyond},
    )


def item_key(level: str) -> str:
    """What addresses call a level: `profil-bydel/lavinntekt/stovner/2023`."""
    return f"profil-{level}"


def trace_key(level: str, region: str) -> str:
    """The page of an area's traces: `sporing/profil-bydel-stovner.html`."""
    return f"{item_key(level)}-{region}"
