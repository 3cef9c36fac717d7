"""The old name of what `diagnostics` has now, until every import has moved."""

from generator.diagnostics import CONTROL, Problems, cleaned

__all__ = ["CONTROL", "Problems", "cleaned"]
