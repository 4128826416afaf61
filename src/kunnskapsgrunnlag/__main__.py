"""The `kg` command. Stages take the short way: they must not import the whole command line."""

import sys


def main() -> None:
    """Run `kg` with the arguments of the process and exit with its code."""
    if len(sys.argv) > 2 and sys.argv[1] == "stage" and not sys.argv[2].startswith("-"):
        from kunnskapsgrunnlag.pipeline.stage_client import stage_main

        sys.exit(stage_main(sys.argv[2:]))
    from kunnskapsgrunnlag.cli.main import main as command_line

    command_line()


if __name__ == "__main__":
    main()
