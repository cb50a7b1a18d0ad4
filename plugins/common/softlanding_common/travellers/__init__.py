"""Step `common.travellers`: who travels, with which document, and whom to call."""
