"""The words in which the databases differ, and the pieces that statements share."""

import re
from dataclasses import dataclass
from string import Template


@dataclass(frozen=True)
class Statement:
    """A statement in both dialects; PostgreSQL takes the values in the order of `names`."""

    sqlite: str
    postgresql: str
    names: tuple[str, ...]


_SQLITE = {
    "object": "json_object",
    "array": "json_group_array",
    "none": "'[]'",
    "json": "json",
    "in_founder_of": "IN (SELECT value FROM json_each(:founder_of))",
    "in_staff_of": "IN (SELECT value FROM json_each(:staff_of))",
    "startups_of": "(SELECT json_group_array(m.startup_id) FROM memberships m"
    " WHERE m.person_id = p.id AND m.startup_id IS NOT NULL)",
    "houses_of": "(SELECT json_group_array(m.incubator_id) FROM memberships m"
    " WHERE m.person_id = p.id AND m.incubator_id IS NOT NULL)",
    "stay_id": "global_id('Stay', s.id)",
    "startup_id": "global_id('Startup', u.id)",
    "host_id": "global_id('Incubator', h.id)",
    "lock": "",
}
_POSTGRESQL = {
    "object": "json_build_object",
    "array": "json_agg",
    "none": "'[]'::json",
    "json": "",
    "in_founder_of": "= ANY(:founder_of::uuid[])",
    "in_staff_of": "= ANY(:staff_of::uuid[])",
    "startups_of": "ARRAY(SELECT m.startup_id FROM memberships m"
    " WHERE m.person_id = p.id AND m.startup_id IS NOT NULL)",
    "houses_of": "ARRAY(SELECT m.incubator_id FROM memberships m"
    " WHERE m.person_id = p.id AND m.incubator_id IS NOT NULL)",
    "stay_id": "encode(convert_to('Stay:' || s.id, 'UTF8'), 'base64')",
    "startup_id": "encode(convert_to('Startup:' || u.id, 'UTF8'), 'base64')",
    "host_id": "encode(convert_to('Incubator:' || h.id, 'UTF8'), 'base64')",
    "lock": "FOR UPDATE",
}
_PIECES = {
    "sides": """
        JOIN startups u ON u.id = s.startup_id
        JOIN incubators uh ON uh.id = u.home_id
        JOIN incubators m ON m.id = s.home_id
        JOIN incubators h ON h.id = s.host_id""",
    "public": """(s.state IN ('CONFIRMED', 'ACTIVE', 'COMPLETED', 'CLOSED')
        AND u.published AND uh.published AND m.published AND h.published)""",
    "own": """(s.startup_id $in_founder_of OR s.home_id $in_staff_of
        OR (s.host_id $in_staff_of AND s.submitted_at IS NOT NULL))""",
    "visible": "(:is_admin OR $public OR $own)",
    "steps": """$object('steps', coalesce((
        SELECT $array($object('key', o.key, 'title', $object('value', o.title),
            'state', o.state, 'severity', o.severity, 'dueOn', o.due_on))
        FROM (SELECT o.key, d.title ->> 'en' AS title, o.state, o.severity, o.due_on
              FROM onboarding_steps o JOIN step_definitions d ON d.id = o.definition_id
              WHERE o.stay_id = s.id ORDER BY o.position, o.id) o), $none))""",
    "stay": """$object('id', $stay_id, 'arrival', s.arrival, 'departure', s.departure,
        'state', s.state,
        'startup', $object('id', $startup_id, 'slug', u.slug, 'name', u.name,
            'country', u.country, 'stage', u.stage),
        'host', $object('id', $host_id, 'slug', h.slug, 'name', h.name, 'country', h.country),
        'onboarding', CASE WHEN :is_admin OR $own THEN $steps END)""",
}


def _filled(text: str, words: dict[str, str]) -> str:
    while "$" in text:
        text = Template(text).substitute(words | _PIECES)
    return text


def statement(text: str) -> Statement:
    """Return a statement in both dialects."""
    numbered = _filled(text, _POSTGRESQL)
    names = tuple(dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", numbered)))
    for number, name in enumerate(names, 1):
        numbered = re.sub(rf"(?<!:):{name}\b", f"${number}", numbered)
    return Statement(_filled(text, _SQLITE), numbered, names)
