"""The old name of `diagnostics`, until every import has moved."""

from generator.diagnostics import (
    Diagnostic,
    GeneratorError,
    OutputError,
    Severity,
    SourceError,
    UsageError,
    error,
    warning,
)

__all__ = [
    "Diagnostic",
    "GeneratorError",
    "OutputError",
    "Severity",
    "SourceError",
    "UsageError",
    "error",
    "warning",
]
