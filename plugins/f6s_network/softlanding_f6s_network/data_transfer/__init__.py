"""Step `f6s_network.data_transfer`: personal data that go from the EU to the United Kingdom."""
