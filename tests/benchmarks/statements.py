"""The statements that a person would write by hand for the same answers and the same scopes.

Each is written once, with `:names` for values; `dialects.py` fills in the few words that differ
between the databases. The scope of a row is that of `softlanding.access`: whoever sees a stay
sees its start-up, its home and its host, so these are joined without a scope of their own.
"""

from tests.benchmarks.dialects import statement

TOKEN = statement("""
    SELECT p.id, p.name, p.is_admin, $startups_of AS founder_of, $houses_of AS staff_of
    FROM tokens t LEFT JOIN persons p ON p.id = t.person_id
    WHERE t.hash = :hash AND t.revoked_at IS NULL
        AND (t.expires_at IS NULL OR t.expires_at >= :now)""")
INCUBATORS = statement("""
    SELECT i.id, i.slug, i.name, i.country, i.city, i.website, i.public_funding, i.stay_capacity
    FROM incubators i
    WHERE (:is_person OR i.published) AND (i.name, i.id) > (:after_name, :after_id)
    ORDER BY i.name, i.id LIMIT 20""")
HOSTED = statement("""
    SELECT $object('hostedStays', $object('nodes', coalesce((
        SELECT $array($json(s.node)) FROM (
            SELECT $stay AS node FROM stays s $sides
            WHERE s.host_id = i.id AND s.arrival >= :first AND $visible
            ORDER BY s.arrival, s.id LIMIT 20) s), $none)))
    FROM incubators i WHERE i.slug = :slug AND (:is_person OR i.published)""")
STAYS = statement("""
    SELECT $stay FROM stays s $sides
    WHERE s.arrival >= :first AND $visible ORDER BY s.arrival, s.id LIMIT 20""")
AGENDA = statement("""
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
STAY = statement("""
    SELECT s.id, s.arrival, s.departure, s.state, s.revision, s.goals, s.motivation,
        s.submitted_at, u.id AS startup_id, u.name AS startup, h.id AS host_id, h.name AS host,
        (:is_admin OR $own) AS mine
    FROM stays s $sides WHERE s.id = :id AND $visible""")
STANDING = statement("SELECT standing_under FROM stays LIMIT 1")
DEFINITIONS = statement("""
    SELECT d.key, d.id FROM step_definitions d WHERE d.plugin = :plugin
        AND d.version = (SELECT MAX(v.version) FROM step_definitions v WHERE v.key = d.key)""")
SIDES = statement("""
    SELECT s.id AS startup_id, s.country AS startup_country, m.id AS home_id,
        m.country AS home_country, h.id AS host_id, h.country AS host_country
    FROM startups s JOIN incubators m ON m.id = s.home_id JOIN incubators h ON h.id = :host
    WHERE s.id = :startup AND (:is_admin OR s.id $in_founder_of OR s.home_id $in_staff_of)""")
LOCK = statement("SELECT 1 FROM startups WHERE id = :startup $lock")
OVERLAP = statement("""
    SELECT 1 FROM stays s
    WHERE s.startup_id = :startup AND s.arrival <= :departure AND s.departure >= :arrival
        AND s.state IN ('SUBMITTED', 'IN_REVIEW', 'ACCEPTED', 'CONFIRMED', 'ACTIVE', 'COMPLETED',
            'CLOSED')
    LIMIT 1""")
APPLIED = statement("""
    SELECT $object('problems', $json($none), 'stay', $object('id', $stay_id,
        'arrival', s.arrival, 'departure', s.departure, 'state', s.state,
        'startup', $object('id', $startup_id, 'slug', u.slug, 'name', u.name),
        'onboarding', $object('steps', (
            SELECT $array($object('key', o.key, 'state', o.state, 'dueOn', o.due_on))
            FROM (SELECT o.key, o.state, o.due_on FROM onboarding_steps o
                  WHERE o.stay_id = s.id ORDER BY o.position, o.id) o))))
    FROM stays s $sides WHERE s.id = :id AND $visible""")
