"""PxWebApi 2: asking for codes in as many calls as the limit of cells demands, each one checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kunnskapsgrunnlag.catalog.query import Provider
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.provider import ProviderError
from kunnskapsgrunnlag.fetch.pxweb.jsonstat_parts import arranged, check_answer, merge
from kunnskapsgrunnlag.fetch.pxweb.pxweb2_plan import Codes, Plan, count, cut
from kunnskapsgrunnlag.fetch.pxweb.pxweb2_table import CLOSED, TableInfo, table_url

# The server refuses an address of 2 100 characters as if the table were not there.
LONGEST_URL = 2_000
# How often a provider may say that the cells are too many before we believe that it means more.
_MOST_HALVINGS = 5


@dataclass
class Asking:
    """A table and what is asked of it.

    Attributes:
        limit: The most cells of one call; halved when the provider says that they are too many.
    """

    transport: Transport
    provider: Provider
    info: TableInfo
    plan: Plan
    limit: int
    where: str
    halvings: int = 0

    def __post_init__(self) -> None:
        """Nothing has been answered yet."""
        self.vintages: set[str] = set()

    def whole(self) -> dict[str, Any]:
        """The answer of one vintage: a table may be updated between two of our calls.

        Raises:
            ProviderError: If the provider fails, or its answer is not what was asked for.
        """
        for _ in range(2):
            self.vintages.clear()
            answer = self.answer(self.plan.codes)
            if len(self.vintages) == 1:
                return answer
        raise ProviderError(
            f"{self._at} was updated while it was fetched, twice "
            f"({', '.join(sorted(self.vintages))}). Nothing is used. {CLOSED}"
        )

    def answer(self, codes: Codes) -> dict[str, Any]:
        """The answer for these codes, checked and arranged.

        Raises:
            ProviderError: If the provider fails, or its answer is not what was asked for.
        """
        if count(codes) > self.limit:
            return self._cut(codes)
        try:
            held = self._call(codes)
        except ProviderError as problem:
            if self._too_many(problem, codes):
                self.limit = count(codes) // 2
                self.halvings += 1
                return self._cut(codes)
            raise self._explained(problem) from None
        check_answer(held, codes, self._at)
        self.vintages.add(str(held.get("updated", "")))
        return arranged(held, codes, self._at)

    @property
    def _at(self) -> str:
        return f"{self.where}: table {self.info.id}"

    def _cut(self, codes: Codes) -> dict[str, Any]:
        along, pieces = cut(codes, self.limit, self.info.time)
        return merge([self.answer(codes | {along: piece}) for piece in pieces], along, self._at)

    def _call(self, codes: Codes) -> Any:
        base = f"{table_url(self.provider, self.info.id)}/data?lang=no&outputFormat=json-stat2"
        url = base + self._in_url(codes)
        if len(url) <= LONGEST_URL and not any("," in c for held in codes.values() for c in held):
            try:
                return self.transport.get_json(url)
            except ProviderError as problem:
                # The metadata are there, so it is the address that is not understood.
                if problem.status not in (404, 414):
                    raise
        return self.transport.post_json(base, {"selection": self._in_body(codes)})

    def _in_url(self, codes: Codes) -> str:
        lists = {f"codelist[{name}]": each for name, each in self.plan.codelists.items()}
        values = {f"valueCodes[{name}]": ",".join(held) for name, held in codes.items()}
        return "".join(f"&{quote(k)}={quote(v, safe=',')}" for k, v in (lists | values).items())

    def _in_body(self, codes: Codes) -> list[dict[str, Any]]:
        lists = self.plan.codelists
        return [
            {"variableCode": name, "valueCodes": held}
            | ({"codelist": lists[name]} if name in lists else {})
            for name, held in codes.items()
        ]

    def _too_many(self, problem: ProviderError, codes: Codes) -> bool:
        """Documents say 403 and the server 400; a table that is closed to us is 403 as well."""
        told = "too many" in problem.title.lower()
        return (
            (problem.status == 403 or (problem.status in (400, 413) and told))
            and self.halvings < _MOST_HALVINGS
            and count(codes) > 1
        )

    def _explained(self, problem: ProviderError) -> ProviderError:
        why = {
            400: f"The codes are those that the table's metadata named just now. {CLOSED}",
            403: f"Calls for at most {self.limit:,} cells are refused as well.",
        }.get(problem.status, "")
        return ProviderError(
            f"{self._at}: {problem} {why}".rstrip(), status=problem.status, title=problem.title
        )
