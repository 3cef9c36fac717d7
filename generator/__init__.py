"""One question set in, a workshop's papers out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.kit import Report, build
    from generator.readers import Reading, read

__version__ = "0.1.0"
__all__ = ["Reading", "Report", "__version__", "build", "read"]

_HOMES = {
    "Report": "generator.kit", "build": "generator.kit",
    "Reading": "generator.readers", "read": "generator.readers",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a name of the library when it is used, as the command only needs its own part."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
