"""The rows of a delivery's table, taken in one by one: each cell in the light of the whole file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import parse_nb
from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.cell_text import Spelled, mark_key, spelled, symbols_of
from kunnskapsgrunnlag.sources.formats.grid import FileCell, letters, words
from kunnskapsgrunnlag.sources.formats.totals_and_notes import BodyRow, check_total, total_of


@dataclass
class TableBody:
    """The rows read so far, and what the file as a whole has shown of itself.

    Attributes:
        where: File and sheet, as errors name them.
        columns: The schema by heading; empty if there is none.
        marks: The footnote marks that notes explain.
        left_out: What was left out, with its place.
        decimal: The mark before decimals, once a number has shown it.
        percent: Whether a column's numbers have percent format, once one has shown it.
    """

    where: str
    names: list[str]
    columns: Mapping[str, Column]
    marks: set[str]
    rows: list[BodyRow] = field(default_factory=list)
    totals: list[BodyRow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    decimal: str = ""
    percent: dict[str, bool] = field(default_factory=dict)

    def add(self, cells: list[FileCell], places: list[tuple[int, int]]) -> None:
        row = BodyRow(
            [self._text(*known) for known in zip(cells, places, self.names, strict=True)],
            places,
            sum(parse_nb(c.stored) - parse_nb(c.text) for c in cells if c.stored),
        )
        if total_of(cells, self.names, self.columns) is not None:
            self.totals.append(row)
            return
        filled = [at for at, cell in enumerate(cells) if cell.filled]
        if len(filled) == 1 and len(cells) > 1 and not self._may_be_empty(filled[0]):
            first = "" if self.rows else "Er malen fylt ut? "
            raise KgError(
                f"{self._place(places[filled[0]])}: ventet en hel rad, fant bare "
                f"«{words(cells)[:60]}». {first}Fyll ut raden, eller ta den bort; en merknad står "
                "under tabellen og begynner med «Kilde», «Merknad» eller tegnet sitt."
            )
        self.rows.append(row)

    def check(self) -> None:
        """Compare the totals with their rows."""
        for total in self.totals:
            text = " ".join(text for text in total.texts if text.strip())
            if not self.columns:
                raise KgError(
                    f"{self._place(total.places[0])}: ventet en rad i tabellen, fant en sum "
                    f"«{text[:60]}». Ta bort raden, eller skriv ordet i params.yaml."
                )
            check_total(self.where, total, self.rows, self.names, self.columns)
            self.left_out.append(f"rad {total.places[0][0]}: {text}")

    def _may_be_empty(self, filled: int) -> bool:
        others = [name for at, name in enumerate(self.names) if at != filled]
        return all(n in self.columns and "" in symbols_of(self.columns[n]) for n in others)

    def _place(self, place: tuple[int, int], name: str = "") -> str:
        row, column = place
        return f"{self.where}, rad {row}, kolonne {letters(column)}{name and f' «{name}»'}"

    def _text(self, cell: FileCell, place: tuple[int, int], name: str) -> str:
        """The cell in the words of the schema; a mark is taken off if a note explains it."""
        column = self.columns.get(name)
        word = spelled(cell, column)
        doubt = cell.trouble or word.doubt or self._doubt(cell, word, name)
        if doubt:
            unit = column.unit if column else None
            expected = f"et tall ({unit})" if unit else "et ord eller et tall"
            raise KgError(f"{self._place(place, name)}: ventet {expected}, {doubt}")
        if word.mark:
            self.left_out.append(
                f"rad {place[0]}, kolonne {letters(place[1])}: tegnet «{word.mark}»"
            )
        return word.text

    def _doubt(self, cell: FileCell, word: Spelled, name: str) -> str:
        """What speaks against a cell in the light of the whole file."""
        if word.mark and mark_key(word.mark) not in self.marks:
            return (
                f"fant «{cell.text.strip()}» med fotnotetegnet «{word.mark}», som ingen merknad "
                f"under tabellen forklarer. Skriv merknaden der («{word.mark} …»), eller ta bort "
                "tegnet."
            )
        if word.decimal and word.decimal != (self.decimal or word.decimal):
            return (
                f"fant «{cell.text.strip()}», mens tallene før har «{self.decimal}» "
                "foran desimalene. Skriv alle tallene på samme måte."
            )
        self.decimal = self.decimal or word.decimal
        if cell.stored and not _asks_no_finer(self.columns.get(name), cell.text):
            return (
                f"fant {cell.stored} i et format som viser {cell.text}. Vis alle desimalene, eller "
                "skriv det avrundede tallet."
            )
        shown = cell.number and word.text != "0" and name in self.columns
        if shown and self.percent.setdefault(name, cell.percent) != cell.percent:
            kind = "i" if cell.percent else "uten"
            return (
                f"fant {word.text} {kind} prosentformat, ulikt tallene over. Gi "
                "kolonnen ett tallformat, og se etter at tallene har rett enhet."
            )
        return ""


def _asks_no_finer(column: Column | None, text: str) -> bool:
    """Whether a rounded number is as exact as the schema asks for."""
    unit = column.rounded_to if column else None
    return unit is not None and 10.0 ** -len(text.partition(",")[2]) <= unit * 1.001
