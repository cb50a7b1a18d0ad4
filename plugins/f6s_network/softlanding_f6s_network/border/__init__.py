"""Step `f6s_network.border`: ETA or visa, for each traveller."""
