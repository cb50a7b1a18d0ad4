"""What a start-up and a corporate share: sections of NACE Rev. 2.1, and keywords.

Classes of revision 2.0 are not those of 2.1: 62.01 is gone (62.10), and computer programming
moved from section J to K. python-stdnum knows 2.1 by default; its label of a section has no
section of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from stdnum.eu import nace
from stdnum.exceptions import ValidationError

from softlanding_common.roster import same_name
from softlanding_gtec.corporate_match.form import GtecCorporate, GtecCorporateMatch


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """A corporate that fits: what its activities and its interests share with the start-up."""

    corporate: GtecCorporate
    section: str | None
    interests: tuple[str, ...]


def section_of(code: str) -> str | None:
    """Return the section of a NACE Rev. 2.1 code, or None for a code that is not in it."""
    try:
        number = nace.validate(code)
        return number if number.isalpha() else nace.info(number)["section"]
    except ValidationError:
        return None


def unknown_codes(corporates: Iterable[GtecCorporate]) -> list[str]:
    """Return the codes that NACE Rev. 2.1 does not have, each once, in order."""
    codes = dict.fromkeys(code for one in corporates for code in one.nace)
    return [code for code in codes if section_of(code) is None]


def overlaps(answers: GtecCorporateMatch, startup_nace: str | None) -> list[Overlap]:
    """Return the corporates that fit a start-up, in the order of the form, each name once."""
    own = None if startup_nace is None else section_of(startup_nace)
    offers = {same_name(offer) for offer in answers.offers}
    found: dict[str, Overlap] = {}
    for corporate in answers.corporates:
        section = own if own in map(section_of, corporate.nace) else None
        interests = tuple(one for one in corporate.interests if same_name(one) in offers)
        if section or interests:
            overlap = Overlap(corporate=corporate, section=section, interests=interests)
            found.setdefault(same_name(corporate.name), overlap)
    return list(found.values())
