"""What Startup Division asks of a start-up that comes for a stay."""
