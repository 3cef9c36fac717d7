"""Make the workshop's papers: `python make_docs.py`, or with --help for more."""

import sys

# Said before anything is imported that older versions cannot read.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "This needs Python 3.11 or newer, and is run by an older one; see python.org/downloads."
    )

from pathlib import Path

from generator.__main__ import main

if __name__ == "__main__":
    sys.exit(main(root=Path(__file__).parent))
