"""Telling people and incubators what waits for them, at once or once a day."""
