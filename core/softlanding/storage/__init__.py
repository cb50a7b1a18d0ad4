"""Where rows live: Tortoise models, the two engines, migrations, the unit of work."""
