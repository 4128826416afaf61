"""Figur 4: prices per square metre in Oslo as far as the printed report gives them."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across
from kunnskapsgrunnlag.figures.diagrams import named
from kunnskapsgrunnlag.figures.theme import unlike_panels
from kunnskapsgrunnlag.store.formulas import only

CITY, ABOVE, BELOW = "oslo", "over Oslo", "godt under Bispevika"


def compute(prices: pd.DataFrame) -> pd.DataFrame:
    """The prices that are printed, how far they lie from the city's, and what is said of areas.

    Args:
        prices: One row per area, with `price_nok_m2` (missing where it is not printed) and
            `compared` (words; a symbol where the text compares nothing).

    Returns:
        `category` (area), `pris` (NOK per m2), `over_oslo` (percent above the city; None where it
        cannot be told) and `sammenligning` (words or None).
    """
    city = only(prices, "price_nok_m2", area=CITY)
    table = prices.rename(columns={"area": "category", "price_nok_m2": "pris"})
    above = (table["pris"] / city - 1) * 100
    return table.drop(columns="compared").assign(
        over_oslo=above.where((table["category"] != CITY) & table["pris"].notna()),
        sammenligning=table["compared"].where(table["compared"].notna()),
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Bars for the printed prices; below them the areas that are only compared, by name."""
    priced = table.dropna(subset="pris").sort_values("pris", ascending=False)
    bars, names = unlike_panels(
        fig, {"Kroner per kvadratmeter, november 2021": 1.7, "Nevnt uten pris, 2018": 1.35}
    )
    labels = [named(item, c) for c in priced["category"]]
    bars_across(bars, labels, priced["pris"].tolist(), decimals=0, strong=[named(item, CITY)])
    _areas(names, table, item)


def _areas(ax: Axes, table: pd.DataFrame, item: Item) -> None:
    ax.axis("off")
    lines = [
        ("Over gjennomsnittet for Oslo:", _named(table, item, ABOVE)),
        ("Godt under Bispevika, i samme bydel:", _named(table, item, BELOW)),
    ]
    for at, (title, areas) in enumerate(lines):
        y = 0.94 - 0.5 * at
        ax.text(0, y, title, transform=ax.transAxes, va="top")
        ax.text(0, y - 0.21, listed(areas), transform=ax.transAxes, va="top", weight="bold")


def _named(table: pd.DataFrame, item: Item, words: str) -> list[str]:
    return [named(item, c) for c in table.loc[table["sammenligning"] == words, "category"]]


def describe(table: pd.DataFrame, item: Item) -> str:
    """The prices, and the areas that are compared with the city's mean."""
    priced = table.dropna(subset="pris").sort_values("pris", ascending=False)
    parts = [
        f"{named(item, category)} {say(price)} kroner"
        for category, price in zip(priced["category"], priced["pris"], strict=True)
    ]
    return (
        f"Søylediagram over pris per kvadratmeter i november 2021: {listed(parts)}. "
        f"Uten beløp: I 2018 lå {listed(_named(table, item, ABOVE))} over gjennomsnittet for "
        f"Oslo, og {listed(_named(table, item, BELOW))} lå godt under Bispevika."
    )
