"""Step `crosspring_lab.lab_sprint`: experiments in each of the four weeks, with results."""
