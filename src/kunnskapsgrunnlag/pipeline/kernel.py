"""A papermill engine that keeps a Jupyter kernel warm for many control sheets of a build.

A kernel and its imports cost three seconds, a sheet a third of one. Every sheet starts from an
empty namespace; tests/pipeline/test_kernel.py proves that nothing leaks from one sheet into the
next.
"""

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Any, Self

import papermill
from jupyter_client.manager import AsyncKernelManager
from nbclient.util import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from kunnskapsgrunnlag.base.errors import KgError

CLEAN = "%reset -f\nimport matplotlib.pyplot as _plt\n_plt.close('all')\ndel _plt"
PRELOAD = "import kunnskapsgrunnlag.pipeline.sheet, kunnskapsgrunnlag.figures.theme"
TIMEOUT_S = 300


class WarmKernel:
    """One running kernel; use it as a context or call `close`."""

    def __init__(self, root: Path) -> None:
        """Start the kernel in the project's root; it imports while other stages work."""
        self._folder = tempfile.TemporaryDirectory(prefix="kg-")
        self.manager = AsyncKernelManager(
            kernel_name="python3", connection_file=str(Path(self._folder.name) / "kernel.json")
        )
        if os.name != "nt":
            # The sheets run on this machine alone: sockets between processes where there are such,
            # in a folder of their own, since a kernel on TCP warns that its traffic can be read.
            self.manager.transport = "ipc"
            self.manager.ip = str(Path(self._folder.name) / "ipc")
        environment = os.environ | {"KG_ROOT": str(root)}
        run_sync(self.manager.start_kernel)(cwd=str(root), env=environment)
        self._loop = asyncio.get_event_loop()
        self.client = self.manager.client()
        # No heartbeat: its thread fails with a traceback when a build stops at once.
        self.client.start_channels(hb=False)
        self.client.execute(PRELOAD, silent=True)

    def clean(self) -> None:
        run_sync(_run)(self.client, CLEAN)

    def close(self) -> None:
        if self.manager.has_kernel:
            self.client.stop_channels()
            run_sync(self.manager.shutdown_kernel)(now=True)
        # The loop that run_sync made for this thread, which nobody else would close; one that runs
        # is somebody else's.
        if not self._loop.is_running():
            self._loop.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def run_sheet(notebook: Path, output: Path, key: str, kernel: WarmKernel) -> None:
    """Execute the control sheet of an item and save it without clocks in it."""
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(
            str(notebook),
            str(output),
            parameters={"item": key, "write": True},
            engine_name="warm",
            kernel=kernel,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            # Written once, at the end: papermill would write the file twice for every cell.
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
        )
    except PapermillExecutionError as problem:
        raise KgError(
            f"{key}: kontrollarket stoppet i celle {problem.cell_index} med {problem.ename}: "
            f"{problem.evalue} Arket ligger i {output.name}."
        ) from None
    finally:
        if output.exists():
            _forget_clocks(output)


class _Warm(Engine):  # type: ignore[misc]  # papermill has no types
    """Papermill's way in: execute on the kernel that is already there."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        *,
        kernel: WarmKernel,
        **_: Any,
    ) -> Any:
        kernel.clean()
        client = PapermillNotebookClient(
            nb_man, timeout=TIMEOUT_S, kernel_name=kernel_name, log_output=log_output
        )
        client.km = kernel.manager
        client.kc = kernel.client
        client.owns_km = False
        return client.execute(cleanup_kc=False)


papermill_engines.register("warm", _Warm)


async def _run(client: Any, code: str) -> None:
    reply = await client.execute_interactive(code, silent=True, timeout=60)
    if reply["content"]["status"] != "ok":
        raise KgError(f"kjernen som kjører kontrollark, kunne ikke tømmes: {reply['content']}")


def _forget_clocks(path: Path) -> None:
    """Executed sheets are published: times and paths would make every run another file."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("language_info", None)
    count = 0
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "innsatte-parametre"  # papermill draws a new one each time
        if cell.cell_type == "code" and cell.execution_count is not None:
            # The warm kernel counts on from the sheets before this one.
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
    path.write_bytes((nbformat.writes(notebook) + "\n").encode("utf-8"))
