"""The statements by hand for the operations that reach deeper: each one gives JSON."""

from tests.benchmarks.dialects import statement

# Also the start-ups that applied to the actor's own house.
_STARTUP_VISIBLE = """(:is_admin OR t.id $in_founder_of OR t.home_id $in_staff_of
    OR (t.published AND i.published)
    OR EXISTS (SELECT 1 FROM stays a WHERE a.startup_id = t.id AND a.host_id $in_staff_of
        AND a.submitted_at IS NOT NULL))"""
NETWORK = statement(f"""
    SELECT $object('slug', i.slug, 'name', i.name, 'startups', $object('nodes', coalesce((
        SELECT $array($json(t.node)) FROM (
            SELECT $object('slug', t.slug, 'name', t.name,
                'stays', $object('nodes', coalesce((
                    SELECT $array($json(s.node)) FROM (
                        SELECT $object('id', $stay_id, 'arrival', s.arrival,
                            'departure', s.departure, 'state', s.state,
                            'host', $object('slug', h.slug)) AS node
                        FROM stays s $sides WHERE s.startup_id = t.id AND $visible
                        ORDER BY s.arrival, s.id LIMIT 5) s), $none))) AS node
            FROM startups t WHERE t.home_id = i.id AND {_STARTUP_VISIBLE}
            ORDER BY t.name, t.id LIMIT 5) t), $none)))
    FROM incubators i
    WHERE (:is_person OR i.published) AND (i.name, i.id) > (:after_name, :after_id)
    ORDER BY i.name, i.id LIMIT 5""")  # noqa: S608 - pieces of this file
ARRIVING = statement("""
    SELECT $object('id', $stay_id, 'arrival', s.arrival, 'departure', s.departure,
        'state', s.state,
        'startup', $object('slug', u.slug, 'name', u.name, 'country', u.country),
        'host', $object('slug', h.slug, 'name', h.name))
    FROM stays s $sides
    WHERE s.arrival >= :first AND u.country = :country AND $visible
    ORDER BY s.arrival, s.id LIMIT 20""")

_HOUSES = """,
    'home', $object('slug', m.slug, 'name', m.name, 'country', m.country),
    'host', $object('slug', h.slug, 'name', h.name, 'country', h.country)"""
_TEXTS = """,
    'goals', CASE WHEN :is_admin OR $own THEN $json(s.goals) END,
    'motivation', CASE WHEN :is_admin OR $own THEN s.motivation END"""
OVERVIEWS = {
    (houses, texts): statement(f"""
        SELECT $object('incubator', (
            SELECT $object('slug', i.slug, 'name', i.name, 'country', i.country,
                'city', i.city, 'website', i.website)
            FROM incubators i WHERE i.slug = :slug AND (:is_person OR i.published)),
        'stays', $object('nodes', coalesce((
            SELECT $array($json(s.node)) FROM (
                SELECT $object('id', $stay_id, 'arrival', s.arrival, 'departure', s.departure,
                    'state', s.state, 'startup', $object('slug', u.slug, 'name', u.name)
                    {_HOUSES if houses else ""}{_TEXTS if texts else ""}) AS node
                FROM stays s $sides WHERE s.arrival >= :first AND $visible
                ORDER BY s.arrival, s.id LIMIT 10) s), $none)))""")  # noqa: S608 - pieces of this file
    for houses in (False, True)
    for texts in (False, True)
}
"""By whether the houses and the texts are included."""
