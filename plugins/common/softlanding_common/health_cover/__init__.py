"""Step `common.health_cover`: who pays a doctor abroad, for each traveller."""
