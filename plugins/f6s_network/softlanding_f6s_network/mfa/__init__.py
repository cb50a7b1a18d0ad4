"""Step `f6s_network.mfa`: what room there is for minimal financial assistance."""
