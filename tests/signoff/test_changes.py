"""What differs between an approved content and the present one, and how it is said in short."""

from kunnskapsgrunnlag.signoff.changes import changes, sentence_pairs, summary

OLD = {"tall a/2019": "1 | kr | trykt | f", "tall b": "2 | kr | trykt | f", "tekst": "En."}


def test_numbers_are_told_with_what_differs_in_them() -> None:
    new = {"tall a/2020": "3 | kr | trykt | f", "tall b": "2 | kr | estimat | f", "tekst": "En."}
    found = changes(OLD, new)
    assert found.numbers == {
        "a/2020": ("", "3"),
        "b": ("2, trykt", "2, estimat"),
        "a/2019": ("1", ""),
    }
    assert summary(found) == "3 tall endret: a/2020: nytt → 3, …"
    assert summary(changes(OLD, OLD)) == ""


def test_a_table_is_told_only_where_no_number_tells_it() -> None:
    new = OLD | {"tabell": "år", "tegning": "0"}
    assert summary(changes(OLD, new)) == "tabell endret; tegning endret"
    assert "tabell" not in changes(OLD, new | {"tall b": "4"}).words


def test_a_sentence_stands_beside_the_one_in_its_place() -> None:
    old = "Det var 5 i 2019, f.eks. Oslo. Det økte.\n## Tittel\nSlutt."
    new = "Det var 6 i 2019, f.eks. Oslo. Det økte.\n## Tittel\nNy. Slutt."
    assert sentence_pairs(old, new) == [
        ("Det var 5 i 2019, f.eks. Oslo.", "Det var 6 i 2019, f.eks. Oslo."),
        ("", "Ny."),
    ]
    assert summary(changes({"tekst": old}, {"tekst": new})) == "2 setninger endret"
