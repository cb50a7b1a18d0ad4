"""What the steps of GTEC share: where they apply."""

from softlanding import AllOf, Is

SLUG = "gtec"
COUNTRY = "DE"
HOSTED_HERE = Is("host.slug", SLUG)
GERMAN_AND_OURS = AllOf(Is("home.slug", SLUG), Is("startup.country", COUNTRY))
"""A German company that GTEC supports at home, wherever it travels to."""
