"""What GTEC asks of a start-up that comes for a stay."""
