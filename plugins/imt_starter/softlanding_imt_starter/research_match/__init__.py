"""Step `imt_starter.research_match`: researchers who fit, and meetings with them."""
