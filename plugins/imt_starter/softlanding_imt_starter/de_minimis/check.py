"""The check of `imt_starter.de_minimis`."""

from softlanding import CheckContext, StaySnapshot, Verdict
from softlanding_common.de_minimis.check import check_declared_aid
from softlanding_common.de_minimis.judgement import Reminder
from softlanding_imt_starter.de_minimis.form import DeMinimis
from softlanding_imt_starter.texts import told

_JEI = Reminder(
    code="JEI_COUNTS",
    message=told(
        "The JEI advantage is de minimis aid too: make sure that it is among the grants.",
    ),
)


async def check_de_minimis(answers: DeMinimis, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Judge the declared aid; a JEI (young innovative company) is reminded of its advantage."""
    return await check_declared_aid(answers, stay, ctx, reminder=_JEI if answers.jei else None)
