"""Validate one table with Frictionless: ``frictionless_table.py FILE SCHEMA``, printing seconds and errors."""

import json
import sys
import time
from pathlib import Path

from frictionless import Resource

path = Path(sys.argv[1])
resource = Resource(
    {
        "name": "metrics",
        "type": "table",
        "path": path.name,
        "format": path.suffix[1:],
        "schema": json.loads(Path(sys.argv[2]).read_text("utf-8")),
    },
    basepath=str(path.parent),
)
begun = time.perf_counter()
report = resource.validate(limit_errors=1_000_000_000)
seconds = time.perf_counter() - begun
sys.stdout.write(json.dumps({"seconds": seconds, "errors": report.stats["errors"]}) + "\n")
