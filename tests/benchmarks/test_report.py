"""The report of a run with made-up figures."""

from inspect import cleandoc

from tests.benchmarks.figures import (
    BY_HAND,
    PLANNED,
    UNPLANNED,
    WITH_FIELD,
    Figures,
    Measured,
    Round,
    Starting,
    grown,
)
from tests.benchmarks.report import Conditions, markdown

CONDITIONS = Conditions(
    day="2026-11-23",
    version="abc1234",
    cores=2,
    python="3.11.7",
    connections=16,
    rounds=3,
    seconds=0.6,
    log_level="INFO",
)


def test_the_report_tells_each_target_and_whether_it_was_met() -> None:
    by_hand = [Round(1000, 0.8), Round(2000, 0.4), Round(1500, 0.6)]
    measured = Measured(
        dialect="sqlite",
        scales=(1, 10, 100),
        compared=72,
        operations=[
            Figures(
                "Q2 all stays",
                {
                    PLANNED: [Round(900, 0.9), Round(1900, 0.5), Round(1350, 0.7)],
                    BY_HAND: by_hand,
                    UNPLANNED: [Round(45, 22), Round(55, 18)],
                    grown(10): [Round(1250, 0.8)] * 3,
                    grown(100): [Round(900, 1.0)] * 3,
                },
            ),
            Figures(
                "D3 two roots",
                {
                    PLANNED: [Round(3000, 0.3)] * 3,
                    BY_HAND: by_hand,
                    UNPLANNED: [Round(100, 10)] * 2,
                    grown(10): [Round(3000, 0.3)] * 3,
                    grown(100): [Round(2500, 0.4)] * 3,
                },
            ),
            Figures(
                "M1 application",
                {
                    PLANNED: [Round(600, 1.5)] * 3,
                    BY_HAND: by_hand,
                    UNPLANNED: [Round(300, 3)] * 2,
                },
            ),
        ],
        field=Figures(
            "Q2 with a plugin field",
            {PLANNED: [Round(1350, 0.5)] * 3, WITH_FIELD: [Round(1200, 0.6)] * 3},
        ),
        starting=Starting(
            seconds=2.25,
            memory={"interpreter": 10.0, "imports of the product": 95.5, "after load": 148.9},
        ),
    )

    assert (
        markdown(CONDITIONS, [measured])
        == cleandoc("""
        # Results of `make bench`

        2026-11-23, version abc1234, 2 cores, Python 3.11.7.
        One worker a server, 16 connections, all servers in turns:
        medians of 3 rounds of 0.6 s, those of graphql-core fewer.
        The product's log level is INFO.
        CPU is that of the server process, without the database's own.

        ## Targets

        | what | database | operation | measured | target | |
        |---|---|---|--:|--:|---|
        | req/s against by hand | SQLite | Q2 all stays | 0.90 | ≥ 0.85 | met |
        | req/s against by hand | SQLite | D3 two roots | 2.00 |  |  |
        | req/s against by hand | SQLite | M1 application | 0.40 | ≥ 0.6 | missed |
        | req/s against graphql-core | SQLite | Q2 all stays | 27.0 |  |  |
        | req/s against graphql-core | SQLite | D3 two roots | 30.0 |  |  |
        | req/s against graphql-core | SQLite | M1 application | 2.0 |  |  |
        | CPU with one plugin field more | SQLite | Q2 with a plugin field | 1.20x | ≤ 1.3x | met |
        | time over x10 data | SQLite | Q2 all stays | 1.08x |  |  |
        | time over x10 data | SQLite | D3 two roots | 1.00x |  |  |
        | time over x100 data | SQLite | Q2 all stays | 1.50x | ≤ 1.3x | missed |
        | time over x100 data | SQLite | D3 two roots | 1.20x | ≤ 1.3x | met |
        | resident memory after load | SQLite | all plugins | 149 MB | ≤ 150 MB | met |
        | start to the first answer | SQLite | all plugins | 2.25 s | ≤ 2 s | missed |

        ## SQLite

        72 answers compared first: all equal.

        | operation | side | req/s | CPU ms |
        |---|---|--:|--:|
        | Q2 all stays | planned | 1,350 | 0.70 |
        | Q2 all stays | by hand | 1,500 | 0.60 |
        | Q2 all stays | graphql-core | 50 | 20.00 |
        | Q2 all stays | planned x10 | 1,250 | 0.80 |
        | Q2 all stays | planned x100 | 900 | 1.00 |
        | D3 two roots | planned | 3,000 | 0.30 |
        | D3 two roots | by hand | 1,500 | 0.60 |
        | D3 two roots | graphql-core | 100 | 10.00 |
        | D3 two roots | planned x10 | 3,000 | 0.30 |
        | D3 two roots | planned x100 | 2,500 | 0.40 |
        | M1 application | planned | 600 | 1.50 |
        | M1 application | by hand | 1,500 | 0.60 |
        | M1 application | graphql-core | 300 | 3.00 |
        | Q2 with a plugin field | planned | 1,350 | 0.50 |
        | Q2 with a plugin field | with the field | 1,200 | 0.60 |

        | against by hand, round by round | least | greatest |
        |---|--:|--:|
        | Q2 all stays | 0.90 | 0.95 |
        | D3 two roots | 1.50 | 3.00 |
        | M1 application | 0.30 | 0.60 |

        | resident memory, all plugins | MB | more |
        |---|--:|--:|
        | interpreter | 10 | +10 |
        | imports of the product | 96 | +86 |
        | after load | 149 | +53 |
    """)
        + "\n"
    )
