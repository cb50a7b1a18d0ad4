"""Step `common.goals`: what the start-up wants of its month, and what it needs for that."""
