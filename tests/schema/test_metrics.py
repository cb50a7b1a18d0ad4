"""Metrics: what was answered, for network administrators only."""

from softlanding.testing.house import House


async def test_operations_are_counted_by_name_way_and_outcome(seeded: House, admin: str) -> None:
    for _ in range(3):
        await seeded.data("query Names { incubators { nodes { name } } }")
    await seeded.data("query Types { __schema { queryType { name } } }")
    await seeded.ask("query Wrong { stays(first: 0) { totalCount } }")
    answer = await seeded.http.get("/metrics", headers={"authorization": f"Bearer {admin}"})
    counted = [
        line for line in answer.text.splitlines() if line.startswith("softlanding_operations_total")
    ]
    labels = 'softlanding_operations_total{answered_by="%s",errors="%s",operation="%s"} %s'
    assert sorted(counted) == sorted(
        [
            labels % ("plan", "false", "Names", "3.0"),
            labels % ("graphql-core", "false", "Types", "1.0"),
            labels % ("graphql-core", "true", "Wrong", "1.0"),
        ]
    )
    assert "softlanding_documents 3.0" in answer.text.splitlines()


async def test_names_beyond_two_hundred_are_counted_together(seeded: House, admin: str) -> None:
    for number in range(205):
        await seeded.data(f"query Q{number} {{ __typename }}")
    answer = await seeded.http.get("/metrics", headers={"authorization": f"Bearer {admin}"})
    others = 'softlanding_operations_total{answered_by="plan",errors="false",operation="other"} 5.0'
    assert others in answer.text.splitlines()


async def test_metrics_are_for_administrators(seeded: House) -> None:
    staff = await seeded.person("Sue", staff_of=["gtec"])
    statuses = [
        (await seeded.http.get("/metrics", headers=headers)).status_code
        for headers in (
            {},
            {"authorization": "Bearer nonsense"},
            {"authorization": f"Bearer {staff}"},
        )
    ]
    assert statuses == [403, 401, 403]
