"""Make the workshop's papers: `python make_docs.py`, or with --help for more."""

import sys
from pathlib import Path

from generator.__main__ import main

if __name__ == "__main__":
    sys.exit(main(root=Path(__file__).parent))
