"""``faceapp``: a command where the first word is one, else the window."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run Faceapp and return its exit code."""
    from faceapp import cli

    arguments = sys.argv[1:] if arguments is None else arguments
    if cli.is_command(arguments):
        return cli.main(arguments)
    from faceapp import app

    return app.main(arguments)


if __name__ == "__main__":
    from multiprocessing import freeze_support

    freeze_support()  # a frozen program starts its child processes through here
    sys.exit(main())
