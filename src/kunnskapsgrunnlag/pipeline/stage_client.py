"""`kg stage NAME [KEY]`, as DVC calls it: hand the work over to a build, or do it here.

DVC starts this 45 times in a cold build, and waits for each: it imports as little as it can.
"""

import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Client

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import unwritable

PORT, KEY = "KG_WORKER_PORT", "KG_WORKER_KEY"
Answer = tuple[int, str]


def attempt(run: Callable[[str, str], str], name: str, key: str) -> Answer:
    """Run a stage; a mistake becomes its message, anything else its traceback."""
    import traceback

    try:
        return 0, run(name, key)
    except KgError as problem:
        return 1, str(problem)
    except OSError as problem:
        try:
            return 1, str(unwritable(problem))
        except OSError:
            return 2, traceback.format_exc()
    except Exception:
        return 2, traceback.format_exc()


def hand_over(name: str, key: str) -> Answer | None:
    """Let the listening build do a stage; None if there is no listener."""
    if PORT not in os.environ:
        return None
    address = ("127.0.0.1", int(os.environ[PORT]))
    try:
        connection = Client(address, authkey=bytes.fromhex(os.environ[KEY]))
    except OSError:
        return None
    with connection:
        connection.send((name, key))
        answer: Answer = connection.recv()
        return answer


def stage_main(arguments: list[str]) -> int:
    """Run a stage and say what came of it; the exit code."""
    name, key = [*arguments, "", ""][:2]
    answer = hand_over(name, key) or _alone(name, key)
    code, message = answer
    if message:
        stream = sys.stderr if code else sys.stdout
        stream.buffer.write(f"{message}\n".encode())
    return code


def _alone(name: str, key: str) -> Answer:
    from pathlib import Path

    from kunnskapsgrunnlag.base.paths import find_project
    from kunnskapsgrunnlag.pipeline.stages import BuildContext, run_stage

    context = BuildContext(find_project(Path.cwd()))
    try:
        return attempt(lambda n, k: run_stage(context, n, k), name, key)
    finally:
        context.close()
