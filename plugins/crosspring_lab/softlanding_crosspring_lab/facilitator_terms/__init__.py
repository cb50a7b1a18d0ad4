"""Step `crosspring_lab.facilitator_terms`: the mentor agreement, as the RVO asks for it."""
