"""The check of `f6s_network.f6s_profile`."""

from dataclasses import replace

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_f6s_network.f6s_profile.completeness import is_profile_address, missing_parts
from softlanding_f6s_network.f6s_profile.form import F6sProfile, ProfileFields
from softlanding_f6s_network.texts import told


async def check_f6s_profile(answers: F6sProfile, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for an address on F6S and for enough filled parts; the page itself is not called."""
    parts = len(ProfileFields.model_fields)
    missing = missing_parts(answers.fields, ctx.rules.integer("team_minimum"))
    filled = parts - len(missing)
    minimum = ctx.rules.decimal("completeness_minimum")
    # Rounded down, so that what is shown is never more than what is there.
    percent = filled * 100 // parts
    if not is_profile_address(answers.f6s_url):
        verdict = Verdict(
            outcome=Outcome.FAILED,
            code="ADDRESS_NOT_ON_F6S",
            message=told("The profile must be a page of F6S: https://www.f6s.com/… and its name."),
        )
    elif filled * 100 < minimum * parts:
        verdict = Verdict(
            outcome=Outcome.FAILED,
            code="PROFILE_INCOMPLETE",
            message=told(
                "Profile {percent} % complete; add: {missing}.", percent=percent, missing=missing
            ),
        )
    else:
        verdict = Verdict(
            outcome=Outcome.PASSED,
            code="PROFILE_COMPLETE",
            message=told("Profile {percent} % complete.", percent=percent),
        )
    return replace(
        verdict,
        facts=(
            Fact(name="filled_parts", value=filled, unit="parts"),
            Fact(name="parts", value=parts, unit="parts"),
            Fact(name="completeness", value=percent, unit="percent"),
            Fact(name="completeness_minimum", value=minimum, unit="percent"),
            Fact(name="missing", value=", ".join(missing)),
        ),
        evidence=(
            Evidence.of_answers(
                kind="f6s_profile",
                label=f"{answers.f6s_url}, {percent} % complete on {ctx.today}",
                answers=answers,
            ),
        ),
    )
