"""Personal data: exported and erased, through the core and every plugin."""
