"""The users of the load bench: each asks, reads a while, asks on; seconds of every answer by page."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import defaultdict

import httpx

READING = (0.5, 1.5)  # seconds a user reads a page


def main(port: int, seconds: int) -> None:
    """One role's users, given on standard input; a line of JSON for all pages."""
    given = json.load(sys.stdin)
    found = asyncio.run(everybody(given, f"http://127.0.0.1:{port}", time.monotonic() + seconds))
    rows = [
        {"role": given["role"], "page": page, "pattern": pattern, "seconds": found[page]}
        for page, pattern in given["pages"]
        if found[page]
    ]
    sys.stdout.write(json.dumps(rows) + "\n")


async def everybody(given: dict, site: str, until: float) -> dict[str, list[float]]:
    """All users at once."""
    found: dict[str, list[float]] = defaultdict(list)
    pages = [page for page, _pattern in given["pages"]]
    async with asyncio.TaskGroup() as group:
        for number, key in enumerate(given["keys"]):
            group.create_task(one(number, key, site, pages, until, found))
    return found


async def one(number: int, key: str, site: str, pages: list[str], until: float, found: dict[str, list[float]]) -> None:
    """One user."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, READING[1]))
    async with httpx.AsyncClient(base_url=site, cookies={"sessionid": key}, timeout=60) as client:
        while time.monotonic() < until:
            page = chance.choice(pages)
            begun = time.monotonic()
            answer = await client.get(page)
            if answer.status_code != 200:
                raise RuntimeError(f"{page}: {answer.status_code}")
            found[page].append(time.monotonic() - begun)
            await asyncio.sleep(chance.uniform(*READING))
