"""Step `imt_starter.de_minimis`: aid from France stays below the ceiling."""
