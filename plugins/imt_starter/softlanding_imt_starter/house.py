"""What all steps of IMT Starter share: where they apply."""

from softlanding import Is

SLUG = "imt-starter"
HOSTED_HERE = Is("host.slug", SLUG)
