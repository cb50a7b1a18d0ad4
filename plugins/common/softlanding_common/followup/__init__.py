"""Step `common.followup`: what became of the start-up, half a year and a year after its arrival."""
