"""Strawberry types, one file per noun; every type, field, argument and value is described."""
