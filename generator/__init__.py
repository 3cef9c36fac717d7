"""One question set in, a workshop's papers out."""

from generator.kit import Report, build
from generator.readers import Reading, read

__version__ = "0.1.0"
__all__ = ["Reading", "Report", "__version__", "build", "read"]
