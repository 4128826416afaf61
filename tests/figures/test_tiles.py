from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.figures.tiles import PLACES

# Bydeler that share a border, and how the second lies from the first: (rows down, columns right).
NEIGHBOURS = {
    ("vestre-aker", "nordre-aker"): (0, 1),
    ("vestre-aker", "ullern"): (1, 0),
    ("nordre-aker", "sagene"): (1, 0),
    ("grorud", "stovner"): (0, 1),
    ("grorud", "bjerke"): (1, 0),
    ("stovner", "alna"): (1, 0),
    ("ullern", "frogner"): (1, 0),
    ("frogner", "st-hanshaugen"): (0, 1),
    ("sagene", "st-hanshaugen"): (1, 0),
    ("st-hanshaugen", "grunerlokka"): (0, 1),
    ("alna", "ostensjo"): (1, 0),
    ("nordstrand", "sondre-nordstrand"): (0, 1),
}


def test_each_bydel_has_a_place_of_its_own() -> None:
    assert sorted(region for line in PLACES for region in line if region) == sorted(BYDELER)


def test_neighbours_in_the_city_are_neighbours_on_the_map() -> None:
    places = {r: (down, right) for down, line in enumerate(PLACES) for right, r in enumerate(line)}
    ways = {
        (a, b): (places[b][0] - places[a][0], places[b][1] - places[a][1]) for a, b in NEIGHBOURS
    }
    assert ways == NEIGHBOURS
