"""Step `gtec.schengen`: the 90/180 budget, shown as a step of its own."""
