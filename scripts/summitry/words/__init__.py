"""How the interface says things: names, dates, lists, and how two wordings differ."""
