"""The check of `f6s_network.visitor_activities`."""

import hashlib
from dataclasses import replace

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    StaySnapshot,
    Text,
    Verdict,
    joined,
)
from softlanding_common.euros import cents
from softlanding_f6s_network.house import BORDER
from softlanding_f6s_network.texts import told
from softlanding_f6s_network.visitor_activities.form import VisitorActivities
from softlanding_f6s_network.visitor_activities.permission import (
    is_main_purpose,
    planned_hours,
    refusal,
)
from softlanding_f6s_network.visitor_activities.visitors import (
    count_visitors,
    with_other_permission,
)


async def check_visitor_activities(
    answers: VisitorActivities, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Look for what a visitor may not do, for remote work as the main purpose, for a mere desk.

    A stay without visitors (all are British, Irish, or may live there) is NOT_APPLICABLE.
    """
    limit = ctx.rules.decimal("remote_work_share")
    remote, total = planned_hours(answers.activities)
    coming = count_visitors(stay, ctx.answers.get(BORDER))
    refused = [found for one in answers.activities if (found := refusal(one))]
    permitted = with_other_permission(stay, ctx.answers.get(BORDER))
    if not coming:
        verdict = _verdict(
            Outcome.NOT_APPLICABLE,
            "NO_VISITORS",
            told("Nobody comes as a visitor: all may work in the United Kingdom."),
        )
    elif refused and len(permitted) == coming:
        verdict = _verdict(
            Outcome.NEEDS_REVIEW,
            "PERMISSION_TO_DECIDE",
            told(
                "A person must decide whether the permission of {names} allows what a visitor may"
                " not do.",
                names=permitted,
            ),
        )
    elif refused:
        verdict = _verdict(
            Outcome.FAILED, refused[0][0], joined(sentence for _, sentence in refused)
        )
    elif is_main_purpose(remote, total, limit):
        verdict = _verdict(
            Outcome.FAILED,
            "REMOTE_WORK_MAIN_PURPOSE",
            told(
                "Remote work takes {remote} of {total} planned hours; it must stay below"
                " {limit} % to not be the main purpose.",
                remote=remote,
                total=total,
                limit=limit,
            ),
        )
    else:
        verdict = _undecided(answers) or _verdict(
            Outcome.PASSED,
            "ACTIVITIES_ALLOWED",
            told("A visitor may do all that is planned ({total} hours).", total=total),
        )
    return replace(
        verdict,
        facts=(
            Fact(name="visitors", value=coming, unit="persons"),
            Fact(name="activities", value=len(answers.activities), unit="activities"),
            Fact(name="refused", value=len(refused), unit="activities"),
            Fact(name="planned_hours", value=total, unit="hours"),
            Fact(name="remote_hours", value=remote, unit="hours"),
            Fact(
                name="remote_share",
                value=cents(remote * 100 / total) if total else None,
                unit="percent",
            ),
            Fact(name="remote_share_limit", value=limit, unit="percent"),
            Fact(name="accelerator_desk", value=answers.accelerator_desk),
        ),
        evidence=_evidence(answers),
    )


def _undecided(answers: VisitorActivities) -> Verdict | None:
    if not answers.activities and answers.accelerator_desk:
        return _verdict(
            Outcome.NEEDS_REVIEW,
            "DESK_ALONE",
            told(
                "A desk at the accelerator alone says nothing of what is done there; a person must"
                " decide."
            ),
        )
    if not answers.activities:
        return _verdict(
            Outcome.FAILED, "NO_ACTIVITIES", told("Say what is planned: there is no activity.")
        )
    if answers.invitation_letter is None:
        return _verdict(
            Outcome.WARNING,
            "LETTER_MISSING",
            told(
                "A visitor may do all that is planned; the text of the invitation letter is"
                " missing."
            ),
        )
    return None


def _evidence(answers: VisitorActivities) -> tuple[Evidence, ...]:
    table = Evidence.of_answers(
        kind="activity_table", label=f"{len(answers.activities)} activities", answers=answers
    )
    if answers.invitation_letter is None:
        return (table,)
    letter = Evidence(
        kind="invitation_letter",
        label="Text of the invitation letter",
        sha256=hashlib.sha256(answers.invitation_letter.encode()).hexdigest(),
    )
    return table, letter


def _verdict(outcome: Outcome, code: str, message: Text) -> Verdict:
    return Verdict(outcome=outcome, code=code, message=message)
