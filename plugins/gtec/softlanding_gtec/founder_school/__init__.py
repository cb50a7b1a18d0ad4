"""Step `gtec.founder_school`: sessions attended and hours with the mentor."""
