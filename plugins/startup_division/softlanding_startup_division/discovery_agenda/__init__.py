"""Step `startup_division.discovery_agenda`: whom the start-up meets, when, and for which goal."""
