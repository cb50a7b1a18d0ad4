"""Step `startup_division.kotis`: the extract of the Lithuanian State-aid register."""
