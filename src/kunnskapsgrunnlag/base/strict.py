"""What is read from a file that people write: no unknown keys, no silent conversion of types."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class StrictModel(BaseModel):
    """An entry of such a file; it does not change."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
