from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Query, Span
from kunnskapsgrunnlag.fetch.pxweb.choose import Variable, choose

VARIABLES = [
    Variable("Region", "region", {"0": "Hele landet", "0301": "Oslo", "4601": "Bergen"}),
    Variable("Kjonn", "kjønn", {"1": "Menn", "2": "Kvinner"}, is_summed=True),
    Variable("Tid", "år", {str(year): str(year) for year in range(2025, 2019, -1)}, is_time=True),
]
SELECT: dict[str, Any] = {"Region": ["0301"], "Kjonn": "total", "Tid": "all"}


def chosen(**select: Any) -> dict[str, list[str]]:
    return choose(VARIABLES, Query(table="07459", select=SELECT | select), "params.yaml, ssb-x")


def test_periods_come_in_order_and_what_is_summed_away_is_left_out() -> None:
    assert list(chosen()) == ["Region", "Tid"]
    assert chosen(Tid=Span(first="2024"))["Tid"] == ["2024", "2025"]
    assert chosen(Tid=Span(first="2021", last="2022"))["Tid"] == ["2021", "2022"]


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ({"Region": ["0302"]}, "Region: tabellen har ikke «0302» nå. Mente du «0301»"),
        ({"Region": ["0301", "0301"]}, "en kode står to ganger"),
        ({"Region": []}, "listen er tom"),
        ({"Region": "total"}, "kan ikke summeres bort"),
        ({"Region": Span(first="0301")}, "har ingen perioder"),
        ({"Tid": Span(first="2019")}, "har ikke «2019» nå. Den har 2020 til 2025"),
        ({"Tid": Span(first="2024", last="2021")}, "2024–2021 slutter før den begynner"),
        ({"Regio": "all"}, "har ingen variabel «Regio». Mente du «Region»"),
    ],
)
def test_a_query_that_does_not_fit_names_where(select: dict[str, Any], message: str) -> None:
    with pytest.raises(KgError, match=f"params.yaml, ssb-x: tabell 07459.*{message}"):
        chosen(**select)


def test_a_query_that_leaves_variables_out_is_told_what_the_table_offers() -> None:
    with pytest.raises(KgError) as problem:
        choose(VARIABLES, Query(table="07459"), "params.yaml, ssb-x")

    assert str(problem.value).splitlines()[1:] == [
        "  Region (region): 3 verdier: 0 Hele landet, 0301 Oslo, 4601 Bergen",
        "  Kjonn (kjønn): 2 verdier: 1 Menn, 2 Kvinner; kan summeres bort (total)",
        "  Tid (år): 6 verdier: 2025, 2024, 2023, 2022, 2021, 2020",
    ]
    many = Variable("Region", "region", {f"{n:04}": f"Sted {n}" for n in range(891)})
    with pytest.raises(KgError, match=r"891 verdier: 0000 Sted 0, .* Sted 11, …, 0890 Sted 890"):
        choose([many], Query(table="1"), "x")
