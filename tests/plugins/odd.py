"""Values that forms and checks stumble over."""

from typing import Any, TypeAlias

Json: TypeAlias = Any

NAMES = [
    "Example Founder",
    "Žygimantas Ąžuolas",
    "Αλέξης",
    "Владимир",
    "محمد علي",
    "李小龙",
    "प्रिया",
    "İSTANBUL",
    "Straße",
    "e\u0301",
    "👩🏽‍🚀",
    "O'Brien-Smith",
    "{name} {0} %s",
    "x" * 200,
]
EDGES_OF_DAYS = ["1950-01-01", "2026-11-22", "2027-03-01", "2027-03-30", "2028-02-29", "2099-12-31"]
EDGES_OF_AMOUNTS = ["0", "0.01", "1", "50", "99.99", "60000", "300000", "999999999999.99"]
ODD: list[Json] = [
    None,
    True,
    -1,
    0,
    1.5,
    10**30,
    10**400,
    float("inf"),
    float("nan"),
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202eabc",
    "two\nlines",
    "-1",
    "-0",
    "1e5",
    "1E+400",
    "NaN",
    "Infinity",
    "0.00000000000000000001",
    "12345678901234567890.12345678901234567890",
    "1_000",
    "\uff11\uff12",  # digits of full width
    "\u0663\u066b\u0665",  # an Arabic decimal
    "9" * 5000,
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-11-22T00:00:00",
    "2026-11-22T23:59:59+14:00",
    "x" * 5001,
    [],
    {},
    [[]],
    {"": None},
]
