"""The plugin author's pytest kit: fixture `softlanding_house`, and `checks.run_check`."""
