"""The read engine: operations compiled to SQL that prints their answers (see the readme)."""
