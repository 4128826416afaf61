import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Choice, Listed, Provider, Query, Span
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.pace import Budget, Rate
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError, vintage
from kunnskapsgrunnlag.fetch.pxweb import pxweb2
from kunnskapsgrunnlag.fetch.pxweb.pxweb2_plan import count, cut
from kunnskapsgrunnlag.sources.formats.jsonstat import Dataset, read_dataset
from tests.fetch.fault_server import FakeTime, Server, Table, json_reply, line, problem
from tests.sources.formats.test_jsonstat import corrupt, places_in

WHERE = "params.yaml, ssb-07459"
SELECT: dict[str, Choice] = {
    "Region": ["0301", "4601"],
    "Kjonn": "total",
    "ContentsCode": ["Personer1"],
    "Tid": Span(first="2024"),
}
DATA = "/tables/07459/data"


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def server(table: Table) -> Iterator[Server]:
    held = Server()
    table.serve(held)
    with held.running():
        yield held


def provider(server: Server, cells: int = 800_000) -> Provider:
    return Provider(
        api="pxweb2",
        name="Statistisk sentralbyrå",
        url=server.url,
        calls=25,
        seconds=60,
        cells=cells,
    )


def fetch(server: Server, folder: Path, cells: int = 800_000, /, **select: Choice) -> Fetched:
    query = Query(table="07459", select=SELECT | select)
    with line(folder) as transport:
        return pxweb2.fetch_table(transport, provider(server, cells), query, WHERE)


def read(fetched: Fetched) -> Dataset:
    return read_dataset(json.loads(fetched.content), "x")


def numbers(fetched: Fetched) -> dict[tuple[str, ...], float]:
    return {tuple(cell.codes.values()): cell.value for cell in read(fetched).cells}


def test_a_table_is_fetched_cell_for_cell(server: Server, table: Table, tmp_path: Path) -> None:
    got = fetch(server, tmp_path)

    expected = {
        (region, "Personer1", year): table.number(
            {"Region": region, "ContentsCode": "Personer1", "Tid": year}
        )
        for region in ("0301", "4601")
        for year in ("2024", "2025")
    }
    assert numbers(got) == expected
    assert (got.vintage, got.updated) == ("oppdatert av SSB 25. februar 2026", table.updated)
    assert got.query == "Region=0301,4601; Kjonn=total; ContentsCode=Personer1; Tid=2024–"
    assert got.requests == len(server.requests) == 4


def test_every_variable_is_asked_for_by_its_codes(server: Server, tmp_path: Path) -> None:
    fetch(server, tmp_path, Region="all")

    asked = server.asked(DATA)[0].query
    assert asked["valueCodes[Region]"] == "0,0301,4601,K-Æ"
    assert asked["valueCodes[Tid]"] == "2024,2025"
    assert "valueCodes[Kjonn]" not in asked
    assert "*" not in server.asked(DATA)[0].url


@pytest.mark.parametrize(
    ("span", "years"),
    [
        (Span(first="2024"), ["2024", "2025"]),
        (Span(first="2021", last="2022"), ["2021", "2022"]),
        (Span(first="2022", last="2022"), ["2022"]),
    ],
)
def test_periods_are_those_of_the_metadata(
    span: Span, years: list[str], server: Server, tmp_path: Path
) -> None:
    assert list(read(fetch(server, tmp_path, Tid=span)).labels["Tid"]) == years


def test_periods_come_in_order_whatever_the_order_of_the_metadata(
    server: Server, table: Table, tmp_path: Path
) -> None:
    table.dims["Tid"] = dict(reversed(table.dims["Tid"].items()))

    got = read(fetch(server, tmp_path, Tid=Span(first="2023", last="2025")))
    assert list(got.labels["Tid"]) == ["2023", "2024", "2025"]


def test_a_total_is_summed_away(server: Server, table: Table, tmp_path: Path) -> None:
    got = numbers(fetch(server, tmp_path))

    both = [
        table.number({"Region": "0301", "Kjonn": k, "ContentsCode": "Personer1", "Tid": "2025"})
        for k in "12"
    ]
    assert got["0301", "Personer1", "2025"] == sum(n for n in both if n)


def test_codes_of_a_code_list(server: Server, table: Table, tmp_path: Path) -> None:
    table.codelists["agg_Byer"] = ("Region", {"K-Byer": ["0301", "4601"], "K-Andre": ["K-Æ"]})

    got = numbers(fetch(server, tmp_path, Region=Listed(codelist="agg_Byer", codes=["K-Byer"])))
    parts = numbers(fetch(server, tmp_path))
    assert server.asked(DATA)[0].query["codelist[Region]"] == "agg_Byer"
    assert got["K-Byer", "Personer1", "2025"] == sum(
        parts[region, "Personer1", "2025"] for region in ("0301", "4601")
    )


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"Region": ["0302"]}, r"Region: table 07459 .* no code '0302'.*Nearest: '0301' \(Oslo\)"),
    ({"Region": ["k-æ"]}, r"has no code 'k-æ' .*Nearest: 'K-Æ' \(Ærøy\).* Change it there"),
    ({"Region": ["0301", "0301"]}, "the code '0301' is there twice"),
    ({"Region": []}, "the list of codes is empty"),
    ({"Region": "total"}, r"Region \(region\) cannot be summed away .*«total»: '0', '0301'"),
    ({"Region": Span(first="2020")}, r"Region \(region\) holds no periods"),
    ({"Tid": "total"}, "Tid .*cannot be summed away"),
    ({"Tid": Span(first="2019")}, "has no code '2019' as a period.*Nearest: '2"),
    ({"Tid": Span(first="2020", last="2026")}, "has no code '2026' as a period"),
    ({"Tid": Span(first="2024", last="2021")}, "the first period 2024 comes after the last, 2021"),
    ({"Kjonn": Listed(codelist="agg_X", codes=["1"])}, "agg_X"),
    ({"Regio": "all"}, r"has no variable 'Regio'\. Nearest: 'Region'\. Change it there"),
]


@pytest.mark.parametrize(("select", "message"), WRONG)
def test_a_query_that_does_not_fit_is_refused_before_data_are_asked_for(
    select: dict[str, Any], message: str, server: Server, tmp_path: Path
) -> None:
    with pytest.raises(KgError, match=message) as caught:
        fetch(server, tmp_path, **select)

    assert server.asked(DATA) == []
    if "agg_X" not in message:
        assert f"{WHERE}, query.select" in str(caught.value)


def test_a_variable_that_the_query_forgets_is_named(server: Server, tmp_path: Path) -> None:
    query = Query(table="07459", select={k: v for k, v in SELECT.items() if k != "Kjonn"})
    with (
        line(tmp_path) as transport,
        pytest.raises(KgError, match=r"a variable Kjonn \(kjonn\) .* Add Kjonn: «all», «total»"),
    ):
        pxweb2.fetch_table(transport, provider(server), query, WHERE)


def test_a_code_list_of_another_name_is_refused(
    server: Server, table: Table, tmp_path: Path
) -> None:
    table.codelists["agg_Byer"] = ("Region", {"K-Byer": ["0301"]})

    with pytest.raises(KgError, match=r"no code list 'agg_byer' .*Nearest: 'agg_Byer'"):
        fetch(server, tmp_path, Region=Listed(codelist="agg_byer", codes=["K-Byer"]))
    with pytest.raises(KgError, match=r"no code 'K-By' in the code list agg_Byer\. .*'K-Byer'"):
        fetch(server, tmp_path, Region=Listed(codelist="agg_Byer", codes=["K-By"]))
    with pytest.raises(KgError, match="Its code lists may have it: agg_Byer"):
        fetch(server, tmp_path, Region=["K-Byer"])


@pytest.mark.parametrize("cells", [1, 2, 3, 5, 7, 12, 24, 48])
def test_a_table_in_parts_is_the_same_table(cells: int, server: Server, tmp_path: Path) -> None:
    everything: dict[str, Choice] = {"Region": "all", "Kjonn": "all", "Tid": "all"}
    whole = fetch(server, tmp_path, **everything)
    server.requests.clear()
    parts = fetch(server, tmp_path, cells, **everything)

    assert parts.content == whole.content
    sizes = [math.prod(len(v.split(",")) for k, v in asked.query.items() if k.startswith("value"))
             for asked in server.asked(DATA)]  # fmt: skip
    assert max(sizes) <= cells
    assert sum(sizes) == 48


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=4),
    st.integers(1, 400),
)
def test_a_cut_loses_no_code_and_keeps_the_limit(lengths: list[int], limit: int) -> None:
    codes = {f"v{at}": [str(n) for n in range(size)] for at, size in enumerate(lengths)}
    waiting, done = [codes], 0
    while waiting:
        held = waiting.pop()
        if count(held) <= limit:
            done += count(held)
            continue
        along, pieces = cut(held, limit, "v0")
        assert [code for piece in pieces for code in piece] == held[along]
        assert len(pieces) > 1
        waiting += [held | {along: piece} for piece in pieces]

    assert done == count(codes)


def test_the_limit_of_the_configuration_holds(server: Server, table: Table, tmp_path: Path) -> None:
    table.most_cells = 3
    fetch(server, tmp_path)

    assert len(server.asked(DATA)) == 2


def test_a_rate_in_the_configuration_holds_if_it_is_lower(server: Server, tmp_path: Path) -> None:
    server.fail("/config", json_reply({"maxCallsPerTimeWindow": 2, "timeWindow": 60}))
    with line(tmp_path) as transport:
        query = Query(table="07459", select=SELECT)
        pxweb2.fetch_table(transport, provider(server), query, WHERE)

        assert (transport.budget.rate.calls, transport.budget.rate.seconds) == (2, 60)


def test_zeros_in_the_configuration_say_nothing(server: Server, tmp_path: Path) -> None:
    held = {"maxDataCells": 0, "maxCallsPerTimeWindow": 0, "timeWindow": 0}
    server.fail("/config", json_reply(held))
    with line(tmp_path) as transport:
        query = Query(table="07459", select=SELECT)
        pxweb2.fetch_table(transport, provider(server, 2), query, WHERE)

        assert transport.budget.rate.calls == 1000
    assert len(server.asked(DATA)) == 2


def test_a_long_selection_is_posted(server: Server, table: Table, tmp_path: Path) -> None:
    table.dims["Region"] = {f"{n:04}": f"Kommune {n}" for n in range(500)}
    got = fetch(server, tmp_path, Region="all")

    (asked,) = server.asked(DATA)
    assert (asked.method, len(read(got).labels["Region"])) == ("POST", 500)
    assert asked.body["selection"][0]["variableCode"] == "Region"
    assert [len(each["valueCodes"]) for each in asked.body["selection"]] == [500, 1, 2]


def test_no_address_is_longer_than_the_limit(server: Server, table: Table, tmp_path: Path) -> None:
    for size in range(300, 400, 10):
        table.dims["Region"] = {f"{n:04}": f"Kommune {n}" for n in range(size)}
        fetch(server, tmp_path, Region="all")

    methods = {asked.method for asked in server.asked(DATA)}
    lengths = [len(server.url + asked.url) for asked in server.asked(DATA)]
    assert methods == {"GET", "POST"}
    assert max(lengths) <= 2000


def test_a_code_with_a_comma_is_posted(server: Server, table: Table, tmp_path: Path) -> None:
    table.dims["Region"]["a,b"] = "Med komma"
    got = fetch(server, tmp_path, Region=["a,b"])

    assert server.asked(DATA)[0].method == "POST"
    assert list(read(got).labels["Region"]) == ["a,b"]


@pytest.mark.parametrize("code", ["5+", "K-Æ", "a b", "a&b=c", "a%20b", "[x]", "#1"])
def test_any_code_survives_the_address(
    code: str, server: Server, table: Table, tmp_path: Path
) -> None:
    table.dims["Region"][code] = "Rar"

    assert list(read(fetch(server, tmp_path, Region=[code])).labels["Region"]) == [code]


def test_links_to_definitions_are_taken_from_the_metadata(
    server: Server, table: Table, tmp_path: Path
) -> None:
    link = {"describedby": [{"extension": {"Region": "urn:ssb:classification:klass:131"}}]}
    metadata = table.metadata()
    metadata["dimension"]["Region"]["link"] = link | {"related": [{"href": "https://www.ssb.no"}]}
    server.fail("/tables/07459/metadata", json_reply(metadata))

    got = json.loads(fetch(server, tmp_path).content)
    assert got["dimension"]["Region"]["link"] == link


def test_notes_are_carried_without_personal_details(
    server: Server, table: Table, tmp_path: Path
) -> None:
    table.notes = ["Tallene er revidert. Spør kontakt@example.org."]
    got = fetch(server, tmp_path)

    assert b"Kontaktperson" not in got.content
    assert b"@" not in got.content
    assert read(got).notes == ("Tallene er revidert. Spør .",)
    assert got.notes == read(got).notes


@pytest.mark.parametrize("how", ["flag", "title"])
def test_a_discontinued_table_is_refused_with_its_successor(
    how: str, server: Server, table: Table, tmp_path: Path
) -> None:
    table.discontinued = how == "flag"
    table.label += " (avslutta serie)" if how == "title" else ""
    table.notes = ["Denne tabellen erstatter tabell 03013.", "Se ny tabell 14019. Gjelder 07459."]

    with pytest.raises(KgError, match=r"07459 .* is discontinued; .*2025.*notes name 14019:"):
        fetch(server, tmp_path)
    query = Query(table="07459", select=SELECT)
    with line(tmp_path) as transport:
        got = pxweb2.fetch_table(transport, provider(server), query, WHERE, allow_discontinued=True)
    assert len(read(got).cells) == 4


def test_a_table_that_is_gone_leads_to_a_search(server: Server, tmp_path: Path) -> None:
    query = Query(table="99999", select=SELECT)
    with (
        line(tmp_path) as transport,
        pytest.raises(ProviderError, match=r"no such table .*'Befolkning' finds: 07459: Befolkn"),
    ):
        pxweb2.fetch_table(transport, provider(server), query, WHERE, title="99999: Befolkning")


def test_a_table_is_described(server: Server, table: Table, tmp_path: Path) -> None:
    table.codelists["agg_Byer"] = ("Region", {"K-Byer": ["0301"]})
    with line(tmp_path) as transport:
        info = pxweb2.describe_table(transport, provider(server), "07459")

    assert (info.id, info.updated, info.first, info.last) == (
        *("07459", table.updated, "2020", "2025"),
    )
    assert (info.time, info.units, info.discontinued) == ("Tid", {"Personer1": "personer"}, False)
    assert info.variables["Region"].codelists == {"agg_Byer": ""}
    assert info.variables["Region"].codes["0301"] == "Oslo"
    assert [v.eliminated for v in info.variables.values()] == [False, True, False, False]
    assert "Kontaktperson" not in json.dumps(info.metadata)


def test_a_huge_table_can_be_described(server: Server, table: Table, tmp_path: Path) -> None:
    for name in ("Region", "Kjonn"):
        table.dims[name] = {str(n): str(n) for n in range(2000)}
    with line(tmp_path) as transport:
        info = pxweb2.describe_table(transport, provider(server), "07459")

    assert len(info.variables["Region"].codes) == 2000


def pages(*found: list[str]) -> list[Any]:
    return [
        json_reply(
            {
                "tables": [{"id": each, "label": each} for each in page],
                "page": {"pageNumber": at + 1, "totalPages": len(found)},
            }
        )
        for at, page in enumerate(found)
    ]


def test_a_search_reads_all_pages(server: Server, tmp_path: Path) -> None:
    server.fail("/tables", *pages(["1", "2"], ["3"], []))
    with line(tmp_path) as transport:
        found = pxweb2.search_tables(transport, provider(server), "bolig sosial*")

    assert [info.id for info in found] == ["1", "2", "3"]
    assert [asked.query["pageNumber"] for asked in server.asked("/tables")] == ["1", "2", "3"]
    assert server.asked("/tables")[0].query["query"] == "bolig sosial*"
    assert server.asked("/tables")[0].query["includeDiscontinued"] == "true"


def test_a_page_that_repeats_is_refused(server: Server, tmp_path: Path) -> None:
    server.fail("/tables", *pages(["1"], ["1"], []))
    with line(tmp_path) as transport, pytest.raises(ProviderError, match="page 2 repeats table 1"):
        pxweb2.search_tables(transport, provider(server), "bolig")


@pytest.mark.parametrize(
    ("updated", "words"),
    [
        ("2025-12-22T07:00:00Z", "oppdatert av SSB 22. desember 2025"),
        ("2025-12-31T23:30:00Z", "oppdatert av SSB 1. januar 2026"),
        ("2025-06-30T22:30:00Z", "oppdatert av SSB 1. juli 2025"),
        ("2025-06-30T23:30:00", "oppdatert av SSB 30. juni 2025"),
        ("", "oppdatert av SSB, dato ikke oppgitt"),
        ("i går", "oppdatert av SSB, dato ikke oppgitt"),
    ],
)
def test_a_vintage_is_a_day_in_oslo(updated: str, words: str) -> None:
    assert vintage("Statistisk sentralbyrå", updated) == words


def test_a_broken_code_list_is_refused(server: Server, table: Table, tmp_path: Path) -> None:
    table.codelists["agg_Byer"] = ("Region", {"K-Byer": ["0301"]})
    lists: list[Any] = [{}, {"values": []}, {"values": [{"label": "x"}]}, {"values": ["K"]}, []]
    for broken in lists:
        server.fail("/codelists/agg_Byer", json_reply(broken))
        with pytest.raises(ProviderError, match="code list agg_Byer: expected"):
            fetch(server, tmp_path, Region=Listed(codelist="agg_Byer", codes=["K-Byer"]))


def test_an_unknown_code_list_is_named(server: Server, tmp_path: Path) -> None:
    server.fail("/codelists/agg_X", problem(400, "Non-existent codelist"))

    with pytest.raises(ProviderError, match=r"agg_X: HTTP 400 \(Non-existent codelist\)"):
        fetch(server, tmp_path, Region=Listed(codelist="agg_X", codes=["K"]))


@dataclass
class Canned:
    """A line that gives these answers."""

    answers: dict[str, Any]
    name: str = "SSB"
    calls: int = 0
    budget: Budget = field(
        default_factory=lambda: Budget("x", Rate(1, 1), clock=FakeTime().clock())
    )

    def get_json(self, url: str) -> Any:
        path = url.partition("?")[0]
        return next(held for end, held in self.answers.items() if path.endswith(end))

    get_json_once = get_json


@given(st.sampled_from(["/metadata", "/data", "/07459", "/config"]), st.data())
def test_one_corrupt_answer_never_gives_another_table(which: str, data: st.DataObject) -> None:
    table = Table(codelists={"agg_Byer": ("Region", {"K-Byer": ["0301"]})})
    select = {"Region": ["0301"], "Kjonn": ["1"], "ContentsCode": ["Personer1"], "Tid": ["2025"]}
    answers = {
        "/metadata": table.metadata(),
        "/data": table.answer(select),
        "/config": {"maxDataCells": 10, "maxCallsPerTimeWindow": 1, "timeWindow": 1},
        "/07459": table.info(),
    }
    right = read_dataset(answers["/data"], "x").cells
    corrupt(answers[which], data.draw(st.sampled_from(list(places_in(answers[which])))), data)
    owner = Provider(api="pxweb2", name="SSB", url="http://x.no", calls=1, seconds=1)
    query = Query(table="07459", select=cast(dict[str, Choice], select))
    try:
        got = pxweb2.fetch_table(cast(Transport, Canned(answers)), owner, query, WHERE)
    except KgError:
        return

    assert [(c.codes, c.value) for c in read(got).cells] == [(c.codes, c.value) for c in right]
