"""From the figures of a declaration to its outcome and its sentence."""

from dataclasses import dataclass
from decimal import Decimal

from softlanding import Outcome, StaySnapshot, Text, Verdict
from softlanding_common.bilingual import Country, Euros, joined, told
from softlanding_common.de_minimis.form import (
    DeMinimisDeclaration,
    DeMinimisNoAid,
    DeMinimisRegime,
)
from softlanding_common.de_minimis.position import Position
from softlanding_common.de_minimis.undertaking import is_linked


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A warning of a partner's own, told where the aid stays below its ceiling."""

    code: str
    message: Text


def judged(
    answers: DeMinimisDeclaration,
    stay: StaySnapshot,
    position: Position,
    majority: Decimal,
    reminder: Reminder | None = None,
) -> Verdict:
    """Return outcome, code and sentence; the ceiling first, then reviews, then warnings."""
    # A stay without value adds nothing to what was granted before.
    if position.stay_value and position.total > position.ceiling:
        return Verdict(outcome=Outcome.FAILED, code="CEILING_EXCEEDED", message=_exceeded(position))
    return _review(answers, stay, position, majority) or _below(position, reminder)


def _exceeded(position: Position) -> dict[str, str]:
    reached = told(
        en="Aid from {state} would reach {total}, ceiling {ceiling} on {day}; {headroom} left.",
        fr="Les aides de l'État ({state}) atteindraient {total}, plafond {ceiling} le {day} ;"
        " il reste {headroom}.",
        state=Country(position.state),
        total=Euros(position.total),
        ceiling=Euros(position.ceiling),
        day=position.day,
        headroom=Euros(position.headroom),
    )
    if position.first_date_below is None:
        return joined([reached, told(en="Reduce the value.", fr="Réduisez la valeur.")])
    return joined(
        [
            reached,
            told(
                en="Reduce the value or wait until {day}.",
                fr="Réduisez la valeur ou attendez le {day}.",
                day=position.first_date_below,
            ),
        ]
    )


def _review(
    answers: DeMinimisDeclaration, stay: StaySnapshot, position: Position, majority: Decimal
) -> Verdict | None:
    def needs(code: str, message: dict[str, str]) -> Verdict:
        return Verdict(outcome=Outcome.NEEDS_REVIEW, code=code, message=message)

    if stay.startup.nace is None:
        return needs(
            "NACE_MISSING",
            told(
                en="The start-up has no NACE class: agriculture and fishery have other ceilings.",
                fr="La start-up n'a pas de classe NACE : l'agriculture et la pêche ont d'autres"
                " plafonds.",
            ),
        )
    undecided = [
        member.name for member in answers.group_members if is_linked(member, majority) is None
    ]
    if undecided:
        return needs(
            "GROUP_UNCERTAIN",
            told(
                en="A person must decide whether {names} form one undertaking with the start-up:"
                " the link is through natural persons or a public body.",
                fr="Une personne doit décider si {names} forment une seule entreprise avec la"
                " start-up : le lien passe par des personnes physiques ou un organisme public.",
                names=undecided,
            ),
        )
    if answers.stay_value.no_aid_because is DeMinimisNoAid.NO_SELECTIVE_ADVANTAGE:
        return needs(
            "NO_ADVANTAGE_CLAIMED",
            told(
                en="A person must confirm that the stay gives no selective advantage.",
                fr="Une personne doit confirmer que le séjour ne donne pas d'avantage sélectif.",
            ),
        )
    if key := _same_costs(answers):
        return needs(
            "CUMULATION",
            told(
                en="State aid pays the same costs ({key}); a person must check its intensity.",
                fr="Une aide d'État paie les mêmes coûts ({key}) ; une personne doit vérifier"
                " son intensité.",
                key=key,
            ),
        )
    if position.later and position.total + position.later > position.ceiling:
        return needs(
            "LATER_AID",
            told(
                en="Aid of {later} is dated after {day}, and with it the ceiling would be passed;"
                " a person must decide which came first.",
                fr="Une aide de {later} est datée après le {day}, et avec elle le plafond serait"
                " dépassé ; une personne doit décider laquelle vient d'abord.",
                later=Euros(position.later),
                day=position.day,
            ),
        )
    return None


def _same_costs(answers: DeMinimisDeclaration) -> str | None:
    key = answers.stay_value.eligible_cost_key
    same = any(
        grant.regime is DeMinimisRegime.STATE_AID and grant.eligible_cost_key == key
        for grant in answers.grants
    )
    return key if key is not None and same else None


def _below(position: Position, reminder: Reminder | None) -> Verdict:
    sentences: list[Text] = [
        told(
            en="Aid from {state} reaches {total} of {ceiling} on {day}.",
            fr="Les aides de l'État ({state}) atteignent {total} sur {ceiling} le {day}.",
            state=Country(position.state),
            total=Euros(position.total),
            ceiling=Euros(position.ceiling),
            day=position.day,
        )
    ]
    outcome, code = Outcome.PASSED, "BELOW_CEILING"
    if reminder is not None:
        outcome, code = Outcome.WARNING, reminder.code
        sentences.append(reminder.message)
    if position.total >= position.warning_from:
        outcome, code = Outcome.WARNING, "NEAR_CEILING"
        sentences.append(
            told(
                en="From {warning_from} on this deserves attention.",
                fr="À partir de {warning_from}, cela mérite attention.",
                warning_from=Euros(position.warning_from),
            )
        )
    return Verdict(outcome=outcome, code=code, message=joined(sentences))
