"""The command. `python -m generator`, `workshop-papers` and `python make_docs.py` are the same."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

# Said before anything is imported that older versions cannot read. They read this file, the
# package's `__init__.py` and make_docs.py.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "This needs Python 3.11 or newer, and is run by an older one; see python.org/downloads."
    )


def main(root: Path | None = None) -> int:
    """Run the command that was typed and return its exit status; `root` as in `cli.main`."""
    # Modules make no garbage: not to search for it spares a tenth of their import, and what they
    # hold is never searched again.
    gc.disable()
    try:
        from generator.cli import main as run
    except KeyboardInterrupt:
        return 130  # as shells have it: 128 and the number of the signal
    gc.freeze()
    gc.enable()
    return run(root=root)


if __name__ == "__main__":
    sys.argv[0] = "python -m generator"  # what usage and `init` call the command
    sys.exit(main())
