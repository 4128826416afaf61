"""`kg profiles`: the profiles of all areas, here or on a cluster."""

from typing import Annotated

import typer

from kunnskapsgrunnlag.cli.console import out
from kunnskapsgrunnlag.publish.profiles.cluster import on_cluster
from kunnskapsgrunnlag.publish.profiles.stage import make_profiles
from kunnskapsgrunnlag.report import open_report


def profiles(
    klynge: Annotated[
        str, typer.Option(help="Adressen til en Dask-klynge, som tcp://vert:8786.")
    ] = "",
) -> None:
    """Lag profilene av tallene som er der, på denne maskinen eller på en klynge."""
    count = make_profiles(open_report(), on_cluster(klynge) if klynge else None)
    out.print(f"{count} profiler i build/profiles")
