"""Step `common.midterm`: where each goal stands in the middle of the month."""
