"""Step `imt_starter.campus_pass`: badge, insurance, hosting agreement, room in the building."""
