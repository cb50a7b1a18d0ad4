"""What F6S Network asks of a start-up that comes for a stay."""
