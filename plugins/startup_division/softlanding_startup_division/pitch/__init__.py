"""Step `startup_division.pitch`: a video pitch, and what the start-up measures for two years."""
