"""The words of the house, as enumerations whose members carry their description."""

from enum import StrEnum
from typing import Self


class Described(StrEnum):
    """A string enumeration; each member is written as `NAME = value, description`."""

    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Make a member of its value and its description."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member


class Party(Described):
    """A side of a stay."""

    STARTUP = "STARTUP", "The start-up that travels, through its founders."
    HOME = "HOME", "The incubator that supports the start-up at home."
    HOST = "HOST", "The incubator that receives the start-up."


class MemberRole(Described):
    """What a person is of a start-up or an incubator."""

    FOUNDER = "FOUNDER", "Founder of a start-up; acts for it."
    STAFF = "STAFF", "Staff of an incubator; acts for it."
    MANAGER = "MANAGER", "Staff of an incubator that also has its members and its keys."
    REVIEWER = "REVIEWER", "Reads what is applied for at an incubator, and changes nothing."


class InvitedRole(Described):
    """What somebody is invited to be."""

    FOUNDER = "FOUNDER", "Founder of a start-up; acts for it."
    STAFF = "STAFF", "Staff of an incubator; acts for it."
    MANAGER = "MANAGER", "Staff of an incubator that also has its members and its keys."
    REVIEWER = "REVIEWER", "Reads what is applied for at an incubator, and changes nothing."
    ADMINISTRATOR = "ADMINISTRATOR", "Administrator of the network, who sees and does all."
    AUDITOR = "AUDITOR", "Auditor of the network, who sees all and changes nothing."


class Notifications(Described):
    """When somebody is told what waits for them."""

    AT_ONCE = "AT_ONCE", "As soon as something waits for them."
    DAILY = "DAILY", "Once a day, what waits then; what is decided about a stay at once."
    NEVER = "NEVER", "Not at all."


class Severity(Described):
    """What an onboarding step can hold up."""

    BLOCK = "BLOCK", "The stay cannot be confirmed while the step is open or failed."
    WARN = "WARN", "A failure is shown as a warning; the stay can go on."
    INFO = "INFO", "Information for the parties; it holds nothing up."


class Outcome(Described):
    """The outcome of a check."""

    PASSED = "PASSED", "All conditions hold."
    WARNING = "WARNING", "The conditions hold, and a figure deserves attention."
    FAILED = "FAILED", "A condition does not hold; the message tells which and by how much."
    NEEDS_REVIEW = "NEEDS_REVIEW", "A person must decide: a fact or a rule is not certain."
    NOT_APPLICABLE = "NOT_APPLICABLE", "The step does not concern this stay."


class StepState(Described):
    """Where an onboarding step stands."""

    BLOCKED = "BLOCKED", "It waits for another step; `reason` names it."
    OPEN = "OPEN", "It waits for the answers of those who fill it."
    AWAITING_SIGNATURES = "AWAITING_SIGNATURES", "Answered; it waits for a party to sign."
    DONE = "DONE", "Answered, checked and signed as far as it needs to be."
    FAILED = "FAILED", "Its check found a condition that does not hold."
    NEEDS_REVIEW = "NEEDS_REVIEW", "Its check could not decide; a person must."
    WAIVED = "WAIVED", "Set aside by a named person, with a reason on the record."
    NOT_APPLICABLE = "NOT_APPLICABLE", "It does not concern this stay."


class StayState(Described):
    """The lifecycle of a stay."""

    DRAFT = "DRAFT", "Being written by the start-up or its home; the host does not see it."
    SUBMITTED = "SUBMITTED", "Handed in; the host has not started to review it."
    IN_REVIEW = "IN_REVIEW", "The host reviews it."
    ACCEPTED = "ACCEPTED", "The host holds a desk; the onboarding steps are worked through."
    CONFIRMED = "CONFIRMED", "Every blocking step is passed or waived; the stay is public."
    ACTIVE = "ACTIVE", "The start-up is at its host."
    COMPLETED = "COMPLETED", "The start-up has left; the outcome report is awaited."
    CLOSED = "CLOSED", "The outcome report is in."
    DECLINED = "DECLINED", "The host has said no."
    WITHDRAWN = "WITHDRAWN", "The start-up or its home took the application back."
    CANCELLED = "CANCELLED", "Called off after acceptance."


class StartupStage(Described):
    """How far a start-up has come."""

    IDEA = "IDEA", "An idea and a team."
    MVP = "MVP", "A first product that can be tried."
    SEED = "SEED", "Seed financing, first users."
    EARLY_REVENUE = "EARLY_REVENUE", "First paying customers."
    SCALE = "SCALE", "Growing in more than one market."


class RegistrationScheme(Described):
    """A register or identifier scheme of a company."""

    SIREN = "SIREN", "French company number, 9 digits, Luhn (ISO 6523: 0002)."
    SIRET = "SIRET", "French establishment number, 14 digits (ISO 6523: 0009)."
    LT_COMPANY_CODE = "LT_COMPANY_CODE", "Lithuanian legal entity code (ISO 6523: 0200)."
    KVK = "KVK", "Dutch trade register number, 8 digits (ISO 6523: 0106)."
    RSIN = "RSIN", "Dutch legal entities number, 9 digits."
    HRB = "HRB", "German commercial register entry: court, register, number."
    GB_COMPANY_NUMBER = "GB_COMPANY_NUMBER", "UK company number, 8 characters."
    VAT = "VAT", "VAT identification number with its country prefix."
    LEI = "LEI", "Legal Entity Identifier, 20 characters (ISO 17442)."
    EUID = "EUID", "European Unique Identifier of the business registers."
