"""Step `gtec.company`: the entry of a German company in its register."""
