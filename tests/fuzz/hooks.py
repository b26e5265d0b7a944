"""For schemathesis: what is really there is asked for, too."""

from __future__ import annotations

import json
import os
import random

import schemathesis

KNOWN = json.loads(os.environ.get("SONGDA_FUZZ_KNOWN", "{}"))
CHANCE = random.Random(7)


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Numbers and codes of things that are there, half of the time."""
    if path_parameters:
        return {
            name: CHANCE.choice(KNOWN[name]) if name in KNOWN and CHANCE.random() < 0.5 else value
            for name, value in path_parameters.items()
        }
    return path_parameters
