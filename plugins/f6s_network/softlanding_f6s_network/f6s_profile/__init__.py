"""Step `f6s_network.f6s_profile`: the start-up's profile on F6S, and what it applies with."""
