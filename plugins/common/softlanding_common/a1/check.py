"""The check of `common.a1`."""

from softlanding import CheckContext, Country, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.a1.certificate import certificate_findings, is_granted
from softlanding_common.a1.coordination import coordination
from softlanding_common.a1.form import A1Certificates
from softlanding_common.findings import judged, review
from softlanding_common.roster import roster_findings, same_name
from softlanding_common.texts import told


async def check_a1(answers: A1Certificates, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for a certificate of each traveller, granted over the whole stay or applied for."""
    home, host = stay.startup.country, stay.host.country
    if home == host:
        return Verdict(
            outcome=Outcome.NOT_APPLICABLE,
            code="NO_BORDER",
            message=told("The start-up works in its own country; no certificate is needed."),
        )
    basis = coordination(home, host)
    certificates = answers.certificates
    good = Verdict(
        outcome=Outcome.PASSED,
        code="CERTIFICATES_COVER_STAY",
        message=told(
            "Every traveller has a certificate from {arrival} to {departure}.",
            arrival=stay.arrival,
            departure=stay.departure,
        ),
        facts=(
            Fact(name="basis", value=None if basis is None else str(basis)),
            Fact(name="from_country", value=home),
            Fact(name="host_country", value=host),
            Fact(name="travellers", value=len(stay.travellers), unit="persons"),
            Fact(
                name="granted",
                value=sum(is_granted(one) for one in certificates),
                unit="certificates",
            ),
            Fact(name="days", value=stay.days, unit="days"),
        ),
        evidence=(
            Evidence.of_answers(
                kind="a1_certificates", label="Certificates as noted", answers=answers
            ),
        ),
    )
    findings = roster_findings(stay, [one.name for one in certificates])
    if basis is None:
        findings.append(
            review(
                "COORDINATION_UNKNOWN",
                told(
                    "A person must decide: what coordinates social security between {home} and"
                    " {host} is not known here.",
                    home=Country(home),
                    host=Country(host),
                ),
            )
        )
    travelling = {same_name(one.name) for one in stay.travellers}
    for one in certificates:
        if same_name(one.name) in travelling:
            findings += certificate_findings(one, stay, ctx.rules, ctx.today)
    return judged(findings, good)
