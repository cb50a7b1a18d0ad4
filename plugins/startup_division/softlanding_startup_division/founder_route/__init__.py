"""Step `startup_division.founder_route`: whether a founder could stay by the Startup Visa."""
