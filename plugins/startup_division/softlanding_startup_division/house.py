"""What the steps of Startup Division share: where they apply, and small types of their forms."""

from softlanding import AllOf, Is

SLUG = "startup-division"

HOSTED_HERE = Is("host.slug", SLUG)
"""Stays at Startup Division: agenda, pitch, residence route."""

LITHUANIAN_AND_OURS = AllOf(Is("home.slug", SLUG), Is("startup.country", "LT"))
"""Lithuanian start-ups whose home is Startup Division, wherever they go: register and money."""
