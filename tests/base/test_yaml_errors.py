import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.strict import StrictModel
from kunnskapsgrunnlag.base.yaml_errors import read_model


class Entry(StrictModel):
    title: str
    year: int = 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: A #2", r"linje 1: «#2» blir lest som en kommentar\. Sett teksten i anf"),
        ("title: !!python/name:os.system x", r"linje 1: «.*python.*» er ikke lov her"),
        ("title: !egen x", r"linje 1: «!egen» er ikke lov her"),
        ("title: &a [1, *a]", "viser til seg selv"),
        ("year: 2020-13-45\ntitle: A", "en dato finnes ikke i kalenderen"),
        ('title: A\nyear: "2020"', r"linje 2: year: ventet et helt tall, fant '2020'\."),
        ("title: 2020", r'ventet tekst, fant 2020\. Skriv "2020" i anførselstegn'),
        ("- title", "ventet nøkler med verdier"),
        ("title: \x01", "ikke gyldig YAML"),
    ],
)
def test_a_mistake_has_one_sentence(text: str, message: str) -> None:
    with pytest.raises(KgError, match=rf"^a\.yaml.*{message}"):
        read_model(text, "a.yaml", Entry)


def test_a_comment_behind_a_value_is_no_mistake() -> None:
    assert read_model("title: A  # en merknad\nyear: 2020 # og en", "a.yaml", Entry)[0].year == 2020
