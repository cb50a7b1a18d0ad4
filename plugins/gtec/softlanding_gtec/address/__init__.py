"""Step `gtec.address`: whether an address in Germany must be registered."""
