"""What is asked of a provider, as the catalogue declares it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kunnskapsgrunnlag.base.strict import StrictModel


class Provider(StrictModel):
    """A provider's interface: where it is and what it allows.

    Attributes:
        api: Its protocol: PxWebApi 2, PxWebApi 1, FHI's, KLASS or the Qlik Engine.
        name: As readers know it.
        url: Base address, without a slash at the end.
        calls, seconds: So many calls in so many seconds; below what the provider documents.
        cells: The most cells that one query may ask for.
        licence: Under which the numbers may be used.
        page: Address of a table's page for people; `{table}` stands for its id.
        app, origin: For the Qlik Engine: the app's id, and the site that it belongs to.
    """

    api: Literal["pxweb2", "pxweb1", "fhi", "klass", "qlik"]
    name: str
    url: str
    calls: int = Field(gt=0)
    seconds: float = Field(gt=0)
    cells: int = Field(default=800_000, gt=0)
    licence: str = ""
    page: str = ""
    app: str | None = None
    origin: str | None = None


class Span(StrictModel):
    """The periods from the first to the last; an open end means all that there are."""

    first: str
    last: str | None = None


# all     each code that the metadata name now
# total   the variable is summed away by the provider (elimination)
# [codes] exactly these; at a provider whose codes are mere positions: exactly these labels
Choice = Literal["all", "total"] | list[str] | Span


class Query(StrictModel):
    """A table and what of it: a choice for each of its variables.

    One that is left out makes `kg fetch` say what there is to choose from.
    """

    table: str
    select: dict[str, Choice] = Field(default_factory=dict)

    def text(self) -> str:
        """`Soner2=00,01; AntRom=all; Tid=2012–`, as it stands in provenance."""
        return "; ".join(f"{name}={_words(choice)}" for name, choice in self.select.items())


class Regions(StrictModel):
    """Where to ask what happened to the areas of a series between its years.

    Attributes:
        classification: KLASS's id: 131 kommune, 103 bydel.
        variable: The variable that has the codes.
    """

    classification: str
    variable: str


class Live(StrictModel):
    """A table that `kg fetch` can get.

    Attributes:
        title: As readers see it.
        file: Where the snapshot lies under data/raw.
        query: What is asked; None where the provider's module knows it (the Qlik app).
        wanted: A snapshot from before this date is fetched anew; empty if any will do.
        months: In which months the provider publishes; empty if not known.
        columns: Of a snapshot in CSV: heading -> the variable whose names stand there, or, of a
            number, the code that it has in each variable that is no column.
        successor: The key of the table that takes over when this one ends, or "".
        breaks: What in the series may not be compared, in Norwegian; empty if nothing is known.
    """

    provider: str
    title: str
    file: str
    query: Query | None = None
    wanted: str = ""
    months: list[int] = Field(default_factory=list)
    regions: Regions | None = None
    columns: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    successor: str = ""
    breaks: str = ""


def _words(choice: Choice) -> str:
    if isinstance(choice, str):
        return choice
    if isinstance(choice, Span):
        return f"{choice.first}–{choice.last or ''}"
    return ",".join(choice)
