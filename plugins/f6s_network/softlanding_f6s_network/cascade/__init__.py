"""Step `f6s_network.cascade`: whether a start-up is ready for a sub-grant of an open call."""
