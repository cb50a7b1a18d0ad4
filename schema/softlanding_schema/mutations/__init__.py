"""Mutations, one file per noun; a resolver is one call of one service."""
