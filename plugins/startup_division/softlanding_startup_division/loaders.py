"""The batch loader of `Startup.startupDivision`: two readings for all start-ups."""

from collections.abc import Sequence

from softlanding import PluginContext, StartupSnapshot
from softlanding_common.reading import Steps, answers_of, latest_answers, stays_by_startup
from softlanding_startup_division.company_code.form import CompanyCode
from softlanding_startup_division.house import SLUG
from softlanding_startup_division.identifiers import (
    company_code_of,
    is_company_code,
    is_vat,
    vat_of,
)
from softlanding_startup_division.kotis.check import COMPANY_CODE, KOTIS
from softlanding_startup_division.kotis.form import Kotis, KotisRow
from softlanding_startup_division.kotis.pasted import Unreadable
from softlanding_startup_division.kotis.rows import rows_of
from softlanding_startup_division.pitch.form import Pitch
from softlanding_startup_division.types import (
    StartupDivisionAidGrant,
    StartupDivisionKpi,
    StartupDivisionKpiPlan,
    StartupDivisionRegistration,
    StartupDivisionStartup,
)

PITCH = "startup_division.pitch"
HOME_COUNTRY = "LT"


async def load_startups(
    startups: Sequence[StartupSnapshot], ctx: PluginContext
) -> list[StartupDivisionStartup | None]:
    """Return one value per start-up; null unless it is Lithuanian or has a stay from or to here."""
    stays = await stays_by_startup(
        startups, ctx, lambda stay: SLUG in (stay.home.slug, stay.host.slug)
    )
    every = [stay.id for of_one in stays.values() for stay in of_one]
    steps = await ctx.read.steps(every, [COMPANY_CODE, KOTIS, PITCH]) if every else {}
    return [
        _startup(startup, [steps[stay.id] for stay in stays.get(startup.id, ())])
        if startup.id in stays or startup.country == HOME_COUNTRY
        else None
        for startup in startups
    ]


def _startup(startup: StartupSnapshot, answered: Sequence[Steps]) -> StartupDivisionStartup:
    return StartupDivisionStartup(
        registrations=_registrations(startup, answered),
        aid_grants=_aid_grants(answered),
        kpi_plan=_kpi_plan(answered),
    )


def _registrations(
    startup: StartupSnapshot, answered: Sequence[Steps]
) -> list[StartupDivisionRegistration]:
    known: dict[tuple[str, str], None] = {}
    if company := latest_answers(answered, COMPANY_CODE, CompanyCode):
        code = company_code_of(company.code) or company.code
        known["LT_COMPANY_CODE", code] = None
        if company.vat is not None:
            known["VAT", vat_of(company.vat)] = None
    for one in startup.registrations:
        known[one.scheme, one.value] = None
    return [
        StartupDivisionRegistration(scheme=scheme, value=value, valid=_valid(scheme, value))
        for scheme, value in known
    ]


def _valid(scheme: str, value: str) -> bool | None:
    if scheme == "LT_COMPANY_CODE":
        return is_company_code(value)
    if scheme == "VAT" and value.upper().startswith(HOME_COUNTRY):
        return is_vat(value)
    return None


def _aid_grants(answered: Sequence[Steps]) -> list[StartupDivisionAidGrant] | None:
    """Return the rows of the latest extract; of two of one day, that of the later stay."""
    given = (answers_of(steps, KOTIS, Kotis) for steps in answered)
    latest_first = sorted(
        (extract for extract in given if extract is not None),
        key=lambda extract: extract.extracted_on,
        reverse=True,
    )
    for extract in latest_first:
        try:
            return [_grant(row) for row in rows_of(extract)]
        except Unreadable:
            continue
    return None


def _grant(row: KotisRow) -> StartupDivisionAidGrant:
    return StartupDivisionAidGrant(
        registration_number=row.reg_no,
        registered_on=row.reg_date,
        grantor_code=row.grantor_code,
        form=row.form,
        amount=row.amount,
        legal_basis=row.legal_basis,
        beneficiary_code=row.recipient_code,
        granted_on=row.granted_on,
        reserved=row.reserved,
    )


def _kpi_plan(answered: Sequence[Steps]) -> StartupDivisionKpiPlan | None:
    pitch = latest_answers(answered, PITCH, Pitch)
    if pitch is None:
        return None
    return StartupDivisionKpiPlan(
        video_url=pitch.video_url,
        seconds=pitch.seconds,
        kpis=[
            StartupDivisionKpi(name=kpi.name, base=kpi.base, m6=kpi.m6, m12=kpi.m12, m24=kpi.m24)
            for kpi in pitch.kpis
        ],
    )
