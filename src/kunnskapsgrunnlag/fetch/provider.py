"""What every provider's module hands over: the bytes of a snapshot, and what is known of them."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError

KEPT = "Det som er lagret, er beholdt; prøv igjen senere."
OSLO = ZoneInfo("Europe/Oslo")
SSB = "Statistisk sentralbyrå"
# As readers know them.
SHORT = {SSB: "SSB"}
# From when SSB shows numbers under revision as 0 or dots until the hour of publication has passed.
_CLOSED_FROM, _CLOSED_TO = time(5), time(8, 15)


@dataclass(frozen=True)
class Fetched:
    """An answer in the form that is kept under data/raw.

    Attributes:
        vintage: For readers: «oppdatert av SSB 22. desember 2025».
        updated: ISO time at which the provider says that it updated the table, or "".
        url: What was asked, without secrets.
        findings: What people should know of the answer, such as areas that changed code.
    """

    content: bytes
    vintage: str
    updated: str
    url: str
    query: str
    notes: tuple[str, ...] = ()
    requests: int = 0
    findings: tuple[str, ...] = ()


class ProviderError(KgError):
    """A provider refused, failed or could not be reached.

    Attributes:
        status: The HTTP status, or 0 if there was no answer.
        title: The provider's words, shortened.
        after: Seconds that the provider asks us to wait before the next attempt, or 0.
    """

    def __init__(self, message: str, *, status: int = 0, title: str = "", after: float = 0) -> None:
        super().__init__(message)
        self.status, self.title, self.after = status, title, after


def vintage(owner: str, updated: str) -> str:
    """«oppdatert av SSB 22. desember 2025»: the day in Oslo of an ISO time."""
    name = SHORT.get(owner, owner)
    try:
        at = datetime.fromisoformat(updated)
        # A provider that gives no zone means its own, which is ours.
        local = at.replace(tzinfo=OSLO) if at.tzinfo is None else at.astimezone(OSLO)
    except (ValueError, OverflowError):
        return f"oppdatert av {name}, dato ikke oppgitt"
    return f"oppdatert av {name} {norwegian_date(local.date())}"


def refuse_early(owner: str, now: float, where: str) -> None:
    """SSB's tables are not asked for numbers in the early morning, by whatever interface."""
    local = datetime.fromtimestamp(now, tz=OSLO)
    if owner == SSB and _CLOSED_FROM <= local.time() < _CLOSED_TO:
        raise KgError(
            f"{where}: klokken er {local:%H.%M} i Oslo. Fra 05.00 til 08.00 viser SSB tall som "
            "skal revideres, som 0 eller prikker. Det som er lagret, er beholdt. Prøv igjen etter "
            "08.15."
        )
