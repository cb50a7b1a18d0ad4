"""Step `imt_starter.follow_up_funding`: which doors stand open after the stay."""
