"""What is true: pure functions and tables. No I/O, no clock; `today` is passed in."""
