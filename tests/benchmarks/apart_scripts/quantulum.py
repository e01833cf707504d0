"""Read every quantity of a text with quantulum3: ``quantulum.py TEXT``, printing seconds and how many were found."""

import json
import sys
import time
import warnings
from pathlib import Path

warnings.simplefilter("ignore")  # it wants a classifier trained on downloads, and does without

from quantulum3 import parser  # noqa: E402 - it warns when it is imported

paragraphs = [it for it in Path(sys.argv[1]).read_text("utf-8").split("\n\n") if it]
parser.parse("It weighs 5 kg.")  # its tables of units are built once
begun, found, refused = time.process_time(), 0, 0
for paragraph in paragraphs:
    try:
        found += len(parser.parse(paragraph))
    except Exception:  # noqa: BLE001 - it fails on some texts; the others are what it is timed on
        refused += 1
seconds = time.process_time() - begun
sys.stdout.write(json.dumps({"seconds": seconds, "found": found, "refused": refused, "of": len(paragraphs)}) + "\n")
