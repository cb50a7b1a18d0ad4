"""Reading: pages, batches and cursors over rows; shaping them is for `types`."""
