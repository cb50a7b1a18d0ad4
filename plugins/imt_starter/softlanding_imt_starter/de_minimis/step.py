"""The step `imt_starter.de_minimis`."""

from softlanding import Party, Severity, Step
from softlanding_imt_starter.de_minimis.check import check_de_minimis
from softlanding_imt_starter.de_minimis.form import DeMinimis
from softlanding_imt_starter.house import HOSTED_HERE

DE_MINIMIS = Step(
    key="imt_starter.de_minimis",
    title={"en": "Public support and ceiling", "fr": "Aides publiques et plafond"},
    help={
        "en": "IMT Starter is publicly financed, so a free desk may be aid in kind. List all aid"
        " of the past 36 months, from any state, and what the stay is worth; the host signs.",
        "fr": "IMT Starter est financé par des fonds publics : un bureau gratuit peut être une"
        " aide en nature. Indiquez toutes les aides des 36 derniers mois, de tout État, et la"
        " valeur du séjour ; l'hôte signe.",
    },
    filled_by=frozenset({Party.STARTUP}),
    signed_by=(Party.HOST,),
    applies=HOSTED_HERE,
    due=-30,
    after=("common.agreement",),
    severity=Severity.BLOCK,
    form=DeMinimis,
    check=check_de_minimis,
    rule_set="common.de_minimis",
)
