"""The provenance file beside a snapshot: owner, origin, vintage, licence, hashes, history."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.paths import name_in_checkout
from kunnskapsgrunnlag.base.strict import StrictModel
from kunnskapsgrunnlag.base.yaml_errors import LOADER, read_model

# Files that are written beside and then renamed; see save.py.
WAITING = ".ny"
# What may be more than data in YAML, or a comment that cuts words.
STRANGE = re.compile(r"[ \t]#|: *[&*!]|- *[&*!]")

Origin = Literal["offisiell", "leveranse", "trykt", "estimat"]
# From strongest to weakest: a mix of origins takes the weakest.
ORIGINS: tuple[Origin, ...] = ("offisiell", "leveranse", "trykt", "estimat")


# Why a content is another than the one before.
Cause = Literal[
    "ny-periode", "revidert-av-eier", "kodeendring", "var-metode", "var-feil", "endret-hos-oss"
]
CAUSES: dict[Cause, str] = {
    "ny-periode": "ny periode",
    "revidert-av-eier": "revidert av eieren av statistikken",
    "kodeendring": "koder eller merkelapper er endret",
    "var-metode": "vår metode er endret",
    "var-feil": "vår retting",
    "endret-hos-oss": "endret hos oss",
}
# Changes that we made ourselves: the owner of the numbers has revised nothing.
OUR_CAUSES: tuple[Cause, ...] = ("var-metode", "var-feil", "endret-hos-oss")


class Correction(StrictModel):
    """A number that the source has wrong: what it says, what it should say, and why."""

    printed: str
    corrected: str
    erratum: str
    reason: str


class Acceptance(StrictModel):
    """A number that does not fit what is declared of its column, and that a person vouches for.

    Attributes:
        value: What stands in the cell; another value is not accepted.
        check: What the number is and what it was compared with, in words.
    """

    value: str
    check: str
    reason: str
    date: str


class Registration(StrictModel):
    """One entry of a snapshot's history: when which content came, and why.

    Attributes:
        cause: What kind of change it was; readers see it in words.
        changes: How many cells were revised, appeared, disappeared or changed symbol.
    """

    date: str
    reason: str
    sha256_cells: str
    cause: Cause | None = None
    changes: dict[str, int] = Field(default_factory=dict)


class Provenance(StrictModel):
    """Who owns the numbers, where they come from, and which bytes were registered.

    Attributes:
        period: What time the numbers are of («2020», «november 2021»); needed where the table has
            no column of years.
        definition: What the numbers count, in the words of their owner.
        contact: The office or role to ask about them.
        updated: When the owner says that the table was updated (ISO), or "".
        retrieved: The date on which this content was fetched.
        confirmed: The last date on which the owner still gave the same cells.
        bands: Of an estimate: cell -> lowest and highest number that it may stand for.
        printed: Of an estimate: cells that are no estimates, since the printed report has them.
    """

    title: str
    owner: str
    origin: Origin
    vintage: str
    period: str = ""
    definition: str = ""
    contact: str = ""
    licence: str
    sha256_bytes: str
    sha256_cells: str
    url: str | None = None
    query: str | None = None
    updated: str = ""
    retrieved: str = ""
    confirmed: str = ""
    transcribed_from: str | None = None
    notes: list[str] = Field(default_factory=list)
    corrections: dict[str, Correction] = Field(default_factory=dict)
    bands: dict[str, list[float]] = Field(default_factory=dict)
    printed: list[str] = Field(default_factory=list)
    accepted: dict[str, Acceptance] = Field(default_factory=dict)
    history: list[Registration] = Field(default_factory=list)


def weakest(origins: list[Origin]) -> Origin:
    """The origin of something made of several."""
    return max(origins, key=ORIGINS.index)


def provenance_path(path: Path) -> Path:
    return path.with_name(path.name + ".source.yaml")


def waiting_path(path: Path) -> Path:
    return path.with_name(path.name + WAITING)


def read_provenance(path: Path, source: str = "") -> Provenance:
    """Read the provenance file beside a snapshot.

    A provenance that a killed fetch left waiting counts if the content is the one that it names.
    """
    beside = provenance_path(path)
    waiting = waited_for(path)
    if waiting is not None:
        return waiting
    if not beside.is_file():
        raise KgError(missing(source or path.stem, beside))
    text = read_written(beside)
    if not STRANGE.search(text):
        with suppress(ValidationError, yaml.YAMLError):
            return _read(text)
    # Read slowly, by what knows the line of a mistake.
    return read_model(text, name_in_checkout(beside), Provenance)[0]


def waited_for(path: Path) -> Provenance | None:
    """The waiting provenance of a content that has already taken its place, if there is one."""
    waiting = waiting_path(provenance_path(path))
    if not (waiting.is_file() and path.is_file()):
        return None
    try:
        named = _read(read_written(waiting))
    except (ValidationError, yaml.YAMLError, KgError):
        return None  # killed while it was written: the old pair is whole
    return named if named.sha256_bytes == sha256(path.read_bytes()) else None


def _read(text: str) -> Provenance:
    return Provenance.model_validate(yaml.load(text, Loader=LOADER))


def missing(source: str, path: Path) -> str:
    """What to say of a file that should be there."""
    return (
        f"{source}: ventet filen {name_in_checkout(path)}, men den finnes ikke. "
        f"Hent den tilbake med git restore {name_in_checkout(path)}."
    )
