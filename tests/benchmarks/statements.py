"""The statements that a person would write by hand for the same answers and the same scopes.

Each is written once, with `:names` for values; the few words that differ between the databases
are filled in here. The scope of a row is that of `softlanding.access`: whoever sees a stay
sees its start-up, its home and its host, so these are joined without a scope of their own.
"""

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


def _statement(text: str) -> Statement:
    numbered = _filled(text, _POSTGRESQL)
    names = tuple(dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", numbered)))
    for number, name in enumerate(names, 1):
        numbered = re.sub(rf"(?<!:):{name}\b", f"${number}", numbered)
    return Statement(_filled(text, _SQLITE), numbered, names)


TOKEN = _statement("""
    SELECT p.id, p.name, p.is_admin, $startups_of AS founder_of, $houses_of AS staff_of
    FROM tokens t LEFT JOIN persons p ON p.id = t.person_id
    WHERE t.hash = :hash AND t.revoked_at IS NULL
        AND (t.expires_at IS NULL OR t.expires_at >= :now)""")
INCUBATORS = _statement("""
    SELECT i.id, i.slug, i.name, i.country, i.city, i.website, i.public_funding, i.stay_capacity
    FROM incubators i
    WHERE (:is_person OR i.published) AND (i.name, i.id) > (:after_name, :after_id)
    ORDER BY i.name, i.id LIMIT 20""")
HOSTED = _statement("""
    SELECT $object('hostedStays', $object('nodes', coalesce((
        SELECT $array($json(s.node)) FROM (
            SELECT $stay AS node FROM stays s $sides
            WHERE s.host_id = i.id AND s.arrival >= :first AND $visible
            ORDER BY s.arrival, s.id LIMIT 20) s), $none)))
    FROM incubators i WHERE i.slug = :slug AND (:is_person OR i.published)""")
STAYS = _statement("""
    SELECT $stay FROM stays s $sides
    WHERE s.arrival >= :first AND $visible ORDER BY s.arrival, s.id LIMIT 20""")
AGENDA = _statement("""
    SELECT counted.total, page.* FROM
    (SELECT COUNT(*) AS total FROM (
        SELECT 1 AS one FROM stays s $sides
        WHERE s.arrival >= :first AND s.arrival <= :last AND $visible LIMIT 10001) c) counted
    LEFT JOIN
    (SELECT s.id, s.arrival, s.departure, s.state, u.name AS startup, h.name AS host
        FROM stays s $sides
        WHERE s.arrival >= :first AND s.arrival <= :last AND $visible
            AND (s.arrival, s.id) > (:after_arrival, :after_id)
        ORDER BY s.arrival, s.id LIMIT 21) page ON 1 = 1
    ORDER BY page.arrival, page.id""")
STAY = _statement("""
    SELECT s.id, s.arrival, s.departure, s.state, s.revision, s.goals, s.motivation,
        s.submitted_at, u.id AS startup_id, u.name AS startup, h.id AS host_id, h.name AS host,
        (:is_admin OR $own) AS mine
    FROM stays s $sides WHERE s.id = :id AND $visible""")
STANDING = _statement("SELECT standing_under FROM stays LIMIT 1")
DEFINITIONS = _statement("""
    SELECT d.key, d.id FROM step_definitions d WHERE d.plugin = :plugin
        AND d.version = (SELECT MAX(v.version) FROM step_definitions v WHERE v.key = d.key)""")
SIDES = _statement("""
    SELECT s.id AS startup_id, s.country AS startup_country, m.id AS home_id,
        m.country AS home_country, h.id AS host_id, h.country AS host_country
    FROM startups s JOIN incubators m ON m.id = s.home_id JOIN incubators h ON h.id = :host
    WHERE s.id = :startup AND (:is_admin OR s.id $in_founder_of OR s.home_id $in_staff_of)""")
LOCK = _statement("SELECT 1 FROM startups WHERE id = :startup $lock")
OVERLAP = _statement("""
    SELECT 1 FROM stays s
    WHERE s.startup_id = :startup AND s.arrival <= :departure AND s.departure >= :arrival
        AND s.state IN ('SUBMITTED', 'IN_REVIEW', 'ACCEPTED', 'CONFIRMED', 'ACTIVE', 'COMPLETED',
            'CLOSED')
    LIMIT 1""")
APPLIED = _statement("""
    SELECT $object('problems', $json($none), 'stay', $object('id', $stay_id,
        'arrival', s.arrival, 'departure', s.departure, 'state', s.state,
        'startup', $object('id', $startup_id, 'slug', u.slug, 'name', u.name),
        'onboarding', $object('steps', (
            SELECT $array($object('key', o.key, 'state', o.state, 'dueOn', o.due_on))
            FROM (SELECT o.key, o.state, o.due_on FROM onboarding_steps o
                  WHERE o.stay_id = s.id ORDER BY o.position, o.id) o))))
    FROM stays s $sides WHERE s.id = :id AND $visible""")
