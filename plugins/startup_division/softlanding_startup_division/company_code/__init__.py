"""Step `startup_division.company_code`: the number of the company in the Lithuanian register."""
