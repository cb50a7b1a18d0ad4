"""Step `common.a1`: which country's social security a traveller stays in, and the proof of it."""
