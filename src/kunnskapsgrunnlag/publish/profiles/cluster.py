"""The same profiles on several machines: areas shared out by Dask, the same bytes.

`distributed` is an extra (`pip install kunnskapsgrunnlag[klynge]`): one machine makes a few hundred
profiles in a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit, make_area
from kunnskapsgrunnlag.publish.profiles.stage import Files, MapAreas


def on_cluster(address: str) -> MapAreas:
    """What makes areas on the workers of the scheduler at `address` (`tcp://vert:8786`).

    The workers have the same version of the project, and the checkout at the same path.

    Raises:
        KgError: If the extra is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise KgError(
            "profiler på en klynge trenger pakken distributed, som ikke er installert. Skriv "
            'pip install "kunnskapsgrunnlag[klynge]".'
        ) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise KgError(
            f"ingen klynge svarer på «{address}» ({problem}). Start den med dask scheduler og "
            "dask worker, og skriv adressen slik den står der."
        ) from None

    def map_areas(kit: ProfileKit, areas: Iterable[str]) -> Iterator[Files]:
        with client:
            shared = client.scatter(kit, broadcast=True)
            futures = [client.submit(make_area, shared, area, pure=False) for area in areas]
            for future in futures:
                yield future.result()
                future.release()

    return map_areas
