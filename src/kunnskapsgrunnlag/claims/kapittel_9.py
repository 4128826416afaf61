"""What chapter 9 claims: bydeler are as large as municipalities."""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import verdict
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import residents
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim

LARGE = 20_000


@claim
def hver_bydel_er_stor_som_en_kommune(n: Numbers) -> Verdict:
    """Hver av de femten bydelene har over 20 000 innbyggere.

    Folketallet er regnet ut fra figur 36: mottakere delt på mottakere per 1 000 innbyggere.
    """
    people, numbers = residents(n)
    smallest = min(people, key=lambda label: people[label])
    because = f"færrest: {smallest}, {nb(people[smallest], 0, 100)} innbyggere"
    return verdict(people[smallest] > LARGE, because, *numbers)
