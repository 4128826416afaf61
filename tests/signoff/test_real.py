"""What a build watches and what must be committed before a signature are the same."""

from kunnskapsgrunnlag.base.build_stamp import FILES, SIGNED, WATCHED
from kunnskapsgrunnlag.signoff.sign import INPUTS


def test_what_must_be_committed_is_what_a_build_watches() -> None:
    made = {"build", "dvc.lock"}
    assert {*WATCHED, *FILES} - made == {name for name in INPUTS if not name.startswith(":")}
    assert "/".join(SIGNED) == "data/signoff"
