"""The check of `common.health_cover`."""

from collections.abc import Iterable

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.findings import Finding, judged, severity
from softlanding_common.health_cover.cards import card_findings
from softlanding_common.health_cover.form import CoverKind, HealthCovers, TravellerCover
from softlanding_common.health_cover.insurance import insurance_findings
from softlanding_common.roster import roster_findings, same_name
from softlanding_common.texts import told


async def check_health_cover(
    answers: HealthCovers, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Ask for a cover of each traveller on all days of the stay; one that holds is enough."""
    good = Verdict(
        outcome=Outcome.PASSED,
        code="ALL_COVERED",
        message=told(
            "Every traveller is covered from {arrival} to {departure}.",
            arrival=stay.arrival,
            departure=stay.departure,
        ),
        facts=(
            Fact(name="travellers", value=len(stay.travellers), unit="persons"),
            Fact(name="host_country", value=stay.host.country),
            *(
                Fact(
                    name=str(kind).lower(),
                    value=sum(cover.kind is kind for cover in answers.covers),
                    unit="covers",
                )
                for kind in CoverKind
            ),
        ),
        evidence=(
            Evidence.of_answers(kind="health_cover", label="Covers as noted", answers=answers),
        ),
    )
    findings = roster_findings(stay, [cover.name for cover in answers.covers])
    for name in dict.fromkeys(same_name(one.name) for one in stay.travellers):
        own = [cover for cover in answers.covers if same_name(cover.name) == name]
        if own:
            findings += min([_findings(cover, stay, ctx) for cover in own], key=_badness)
    return judged(findings, good)


def _findings(cover: TravellerCover, stay: StaySnapshot, ctx: CheckContext) -> list[Finding]:
    if cover.kind is CoverKind.PRIVATE:
        return list(insurance_findings(cover, stay, ctx.rules))
    return list(card_findings(cover, stay, ctx.rules, ctx.today))


def _badness(findings: Iterable[Finding]) -> int:
    return -min(map(severity, findings), default=len(Outcome))
