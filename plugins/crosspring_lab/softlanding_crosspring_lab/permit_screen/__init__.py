"""Step `crosspring_lab.permit_screen`: what is missing for the Dutch permit for start-ups."""
