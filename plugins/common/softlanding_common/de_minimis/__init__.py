"""Aid of one state to an undertaking, declared and judged; partners make a step of it."""
