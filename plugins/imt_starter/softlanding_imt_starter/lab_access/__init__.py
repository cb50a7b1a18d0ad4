"""Step `imt_starter.lab_access`: the ministry's opinion on visits to a restricted zone (ZRR)."""
