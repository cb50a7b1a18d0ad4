"""How complete a profile is: its address, and the parts that are filled."""

import re

from softlanding_f6s_network.f6s_profile.form import ProfileFields

_ADDRESS = re.compile(r"(?i:https://www\.f6s\.com)/[!-~]*[0-9A-Za-z][!-~]*")


def is_profile_address(text: str) -> bool:
    """Tell whether a text is the address of a page on F6S; nothing is called."""
    return _ADDRESS.fullmatch(text) is not None


def missing_parts(fields: ProfileFields, team_minimum: int) -> list[str]:
    """Return the names of the parts that are not filled, in the order of the form."""
    return [
        name
        for name in type(fields).model_fields
        if (fields.team < team_minimum if name == "team" else getattr(fields, name) is None)
    ]
