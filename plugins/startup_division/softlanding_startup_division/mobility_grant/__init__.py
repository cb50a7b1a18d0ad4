"""Step `startup_division.mobility_grant`: whether the Lithuanian travel grant pays the trip."""
