"""What a transfer of personal data rests on."""

from datetime import date

from softlanding import Described, RulesInForce
from softlanding_common.countries import EEA_AND_SWITZERLAND

# Switzerland has a data protection law of its own.
EEA = EEA_AND_SWITZERLAND - {"CH"}
_ADEQUACY = "uk_adequacy"


class TransferBasis(Described):
    """What a transfer of personal data rests on."""

    WITHIN_EEA = "WITHIN_EEA", "The data stay within the European Economic Area."
    ADEQUACY = "ADEQUACY", "The Commission holds the United Kingdom adequate."
    SCC = "SCC", "Standard contractual clauses between sender and receiver."


def adequate_until(rules: RulesInForce) -> date | None:
    """Return the last day on which the United Kingdom is adequate, as far as decided today.

    None when no decision was ever made known.
    """
    ends = [
        figure.valid_until or date.max
        for figure in rules.rule_set.figures
        if figure.name == _ADEQUACY and figure.value and figure.valid_from <= rules.today
    ]
    last = max(ends, default=None)
    if last is not None and last >= rules.today:
        # Read like any other figure, so that the verdict is not believed past its last day.
        rules.decimal(_ADEQUACY)
    return last
