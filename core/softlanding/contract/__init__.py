"""The dataclasses that hooks return and receive. Public through `softlanding` alone."""
