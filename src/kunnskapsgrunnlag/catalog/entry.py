"""What entries of params.yaml have in common."""

from __future__ import annotations

from pydantic import ConfigDict

from kunnskapsgrunnlag.base.strict import StrictModel


class CatalogEntry(StrictModel):
    """An entry of the file."""

    model_config = ConfigDict(serialize_by_alias=True)


class Break(CatalogEntry):
    """A break in a series: the first year after it, and what changed, in words."""

    year: int
    words: str

    @property
    def note(self) -> str:
        """What is said of it below an item."""
        return f"Brudd i serien i {self.year}: {self.words}"
