"""Step `gtec.deminimis_eair`: German de minimis aid, and its entry in the register in time."""
