"""Step `crosspring_lab.innovation_plan`: what is new, and the plan step by step."""
