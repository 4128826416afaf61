"""What is read from a file that people write: no unknown keys, no silent conversion of types."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from kunnskapsgrunnlag.base.nb_numbers import unbroken


class StrictModel(BaseModel):
    """An entry of such a file; it does not change."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


# Words whose numbers are written with plain spaces between thousands in the file.
Text = Annotated[str, AfterValidator(unbroken)]
