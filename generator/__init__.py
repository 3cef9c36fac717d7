"""One question set in, a workshop's papers out."""

__version__ = "0.1.0"
