"""Step `common.mobility_9090`: how long travellers from third countries may stay."""
