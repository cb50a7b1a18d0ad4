"""The commands of `softlanding`, one file per noun."""
