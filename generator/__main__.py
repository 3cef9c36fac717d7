"""The command: `python -m generator`, `workshop-papers` and `python make_docs.py` are the same."""

import gc
import sys
from pathlib import Path


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
    sys.exit(main())
