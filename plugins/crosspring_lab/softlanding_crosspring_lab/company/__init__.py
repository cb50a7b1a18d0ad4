"""Step `crosspring_lab.company`: the numbers of a Dutch company."""
