"""Step `f6s_network.company`: the numbers of a company in the United Kingdom."""
