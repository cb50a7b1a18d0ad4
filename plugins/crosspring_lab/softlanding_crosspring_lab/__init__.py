"""What Crosspring Lab asks of a start-up that comes for a stay."""
