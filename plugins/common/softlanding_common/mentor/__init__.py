"""Step `common.mentor`: a mentor, and introductions for each need of the goals."""
