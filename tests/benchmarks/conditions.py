"""What the figures depend on, as this machine tells it."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.options import CONNECTIONS, ROUNDS, SECONDS
from tests.benchmarks.report import Conditions
from tests.benchmarks.servers import log_level


def conditions() -> Conditions:
    """Return the conditions of a run that ends now."""
    return Conditions(
        day=datetime.now(UTC).date().isoformat(),
        version=_version(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        connections=CONNECTIONS,
        rounds=ROUNDS,
        seconds=SECONDS,
        log_level=log_level(),
    )


def _version() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(
        command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"
