"""Soft Landing: the public names, all that a plugin may import."""

from softlanding.contract.catalogues import Catalogue, Country, joined
from softlanding.contract.channels import Addressee, Channel, Message, MessageItem
from softlanding.contract.context import (
    AnsweredStep,
    CheckContext,
    PluginContext,
    Reader,
    SavedRecord,
)
from softlanding.contract.events import Delivery, Event, Subscriber
from softlanding.contract.forms import (
    PERSONAL,
    Amount,
    CountryCode,
    Day,
    Form,
    Line,
    Money,
    MoneyInput,
    Name,
    Prose,
    Retention,
)
from softlanding.contract.graphql import Audience, GraphQLField, GraphQLPart
from softlanding.contract.outgoing import Answered, NotReached, Outgoing
from softlanding.contract.personal_data import DataSubject, PersonalData, PersonalFields
from softlanding.contract.rules import Figure, RuleSet, RulesInForce, RuleUnknown
from softlanding.contract.settings import PluginSettings
from softlanding.contract.steps import Step
from softlanding.contract.verdicts import Evidence, Fact, Record, Verdict
from softlanding.contract.working_days import (
    add_working_days,
    holiday_on,
    is_working_day,
    working_day_up_to,
)
from softlanding.domain.conditions import ALWAYS, AllOf, AnyOf, Condition, Is, Not
from softlanding.domain.onboarding import Lead, add_months
from softlanding.domain.snapshots import (
    IncubatorSnapshot,
    Registration,
    StartupSnapshot,
    StaySnapshot,
    Traveller,
)
from softlanding.domain.texts import Text
from softlanding.domain.vocabulary import Described, Outcome, Party, Severity, StayState, StepState
from softlanding.hookspecs import CONTRACT, hookimpl

__all__ = [
    "ALWAYS",
    "CONTRACT",
    "PERSONAL",
    "Addressee",
    "AllOf",
    "Amount",
    "Answered",
    "AnsweredStep",
    "AnyOf",
    "Audience",
    "Catalogue",
    "Channel",
    "CheckContext",
    "Condition",
    "Country",
    "CountryCode",
    "DataSubject",
    "Day",
    "Delivery",
    "Described",
    "Event",
    "Evidence",
    "Fact",
    "Figure",
    "Form",
    "GraphQLField",
    "GraphQLPart",
    "IncubatorSnapshot",
    "Is",
    "Lead",
    "Line",
    "Message",
    "MessageItem",
    "Money",
    "MoneyInput",
    "Name",
    "Not",
    "NotReached",
    "Outcome",
    "Outgoing",
    "Party",
    "PersonalData",
    "PersonalFields",
    "PluginContext",
    "PluginSettings",
    "Prose",
    "Reader",
    "Record",
    "Registration",
    "Retention",
    "RuleSet",
    "RuleUnknown",
    "RulesInForce",
    "SavedRecord",
    "Severity",
    "StartupSnapshot",
    "StaySnapshot",
    "StayState",
    "Step",
    "StepState",
    "Subscriber",
    "Text",
    "Traveller",
    "Verdict",
    "add_months",
    "add_working_days",
    "holiday_on",
    "hookimpl",
    "is_working_day",
    "joined",
    "working_day_up_to",
]
