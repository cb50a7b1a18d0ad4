"""Commands, one file per noun; the only place that opens a unit of work."""
