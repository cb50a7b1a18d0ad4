"""E-mail addresses, by which people are known: one address is written in one way."""

from email_validator import EmailNotValidError, validate_email


def email_address(text: str) -> str:
    """Return an address as it is stored: trimmed, in normalisation form C and in lower case.

    Raises `ValueError` for what is none: display names, quoted names, hosts without a domain.
    """
    return validate_email(text.strip(), check_deliverability=False).normalized.lower()


def known_as(text: str) -> str:
    """Return what somebody types as an address would be stored; what is none belongs to nobody."""
    try:
        return email_address(text)
    except EmailNotValidError:
        return text
