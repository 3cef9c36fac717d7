"""The look of documents: every measure and colour, brands, and fonts."""
