"""How documents look: every measure and colour, brands, and fonts."""
