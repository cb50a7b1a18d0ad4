"""The check of `gtec.deminimis_eair`."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from softlanding import CheckContext, Evidence, Outcome, StaySnapshot, Verdict
from softlanding_common.de_minimis.check import check_declared_aid
from softlanding_common.euros import euros
from softlanding_gtec.deminimis_eair.form import GtecDeminimisEair
from softlanding_gtec.texts import told


async def check_deminimis_eair(
    answers: GtecDeminimisEair, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Judge the declared aid of Germany; then ask for its entry in the register in time.

    The entry is due 20 working days after the grant, by holidays of the whole of Germany: those
    of Berlin alone count as working days.
    """
    if answers.programme is None:
        return Verdict(
            outcome=Outcome.NOT_APPLICABLE,
            code="NO_PROGRAMME",
            message=told("No German public programme pays for this stay."),
        )
    if answers.declaration is None:
        return Verdict(
            outcome=Outcome.FAILED,
            code="DECLARATION_MISSING",
            message=told(
                "{programme} pays, but the declaration is missing.", programme=answers.programme
            ),
        )
    verdict = await check_declared_aid(
        answers.declaration, stay, ctx, grantor_name=answers.programme
    )
    facts = {fact.name: fact.value for fact in verdict.facts}
    due = facts.get("register_due_on")
    if not isinstance(due, date):
        return verdict
    entry = Evidence(kind="register_due", label=f"Register entry due {due}")
    verdict = replace(verdict, evidence=(*verdict.evidence, entry))
    registered, granted = answers.registered_on, facts["granted_on"]
    if registered is not None and isinstance(granted, date) and registered < granted:
        return replace(
            verdict,
            outcome=Outcome.FAILED,
            code="REGISTERED_BEFORE_GRANT",
            message=told(
                "The register entry is dated {registered}, before the grant of {granted}.",
                registered=registered,
                granted=granted,
            ),
        )
    entered = registered if registered is not None and registered <= ctx.today else ctx.today
    if entered <= due:
        return verdict
    return replace(
        verdict,
        outcome=Outcome.FAILED,
        code="REGISTER_LATE",
        message=told(
            "German aid {sum} of {ceiling}; register entry due {day} is late.",
            sum=euros(Decimal(str(facts["aid_total"]))),
            ceiling=euros(Decimal(str(facts["ceiling"]))),
            day=due,
        ),
    )
