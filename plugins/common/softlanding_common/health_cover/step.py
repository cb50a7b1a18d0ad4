"""The step `common.health_cover`."""

from softlanding import Party, Severity, Step
from softlanding_common.health_cover.check import check_health_cover
from softlanding_common.health_cover.form import HealthCovers
from softlanding_common.texts import told

HEALTH_COVER = Step(
    key="common.health_cover",
    title=told("Health cover"),
    help=told(
        "Note for each traveller a European card (EHIC), a British card (GHIC) or a private"
        " insurance over the whole stay. The cards are good for business trips too; a GHIC is not"
        " valid in Norway, Iceland, Liechtenstein and Switzerland and should be applied for two"
        " weeks ahead. Say nothing about anybody's health."
    ),
    filled_by=frozenset({Party.STARTUP}),
    due=-14,
    severity=Severity.BLOCK,
    form=HealthCovers,
    check=check_health_cover,
    rule_set="common.health_cover",
)
