"""Step `imt_starter.research_profile`: what research a start-up looks for."""
