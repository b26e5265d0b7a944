"""Figures as Prometheus reads them: the text format 0.0.4, a name, labels and a number a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from songda.portal.watching.middleware import BOUNDS
from songda.portal.watching.state import State
from songda.portal.watching.tallies import Key

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
EDGES = (*map(str, BOUNDS), "+Inf")
Sample = tuple[str, Mapping[str, str], float]  # what follows the family's name, labels, value


@dataclass(frozen=True, slots=True)
class Family:
    """Samples of one name, with its kind (counter, gauge, histogram) and a line of help."""

    name: str
    kind: str
    help: str
    samples: tuple[Sample, ...]

    def lines(self) -> Iterator[str]:
        """The family as text."""
        yield f"# HELP {self.name} {self.help}"
        yield f"# TYPE {self.name} {self.kind}"
        for suffix, labels, value in self.samples:
            inner = ",".join(f'{name}="{escaped(text)}"' for name, text in labels.items())
            yield f"{self.name}{suffix}{'{' + inner + '}' if inner else ''} {value:.15g}"


def escaped(text: str) -> str:
    """The value of a label between its quotes."""
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def text(families: Iterable[Family]) -> str:
    """The page."""
    return "".join(f"{line}\n" for family in families for line in family.lines())


def requests(figures: Mapping[Key, float]) -> list[Family]:
    """Requests by pattern and status: seconds as a histogram, and their queries."""
    places = sorted({key[1:3] for key in figures})
    seconds = [sample for place in places for sample in histogram(figures, place)]
    queries = [("", labels_of(place), figures.get(("queries", *place), 0.0)) for place in places]
    return [
        Family("songda_request_seconds", "histogram", "Server time of requests by address pattern and status.", tuple(seconds)),
        Family("songda_request_queries_total", "counter", "Database statements of requests.", tuple(queries)),
    ]


def histogram(figures: Mapping[Key, float], place: Key) -> Iterator[Sample]:
    """The buckets of one pattern and status (each holds all below it), then sum and count."""
    labels = labels_of(place)
    counts = list(accumulate(figures.get(("bucket", *place, edge), 0.0) for edge in EDGES))
    for edge, count in zip(EDGES, counts, strict=True):
        yield "_bucket", {**labels, "le": edge}, count
    yield "_sum", labels, figures.get(("seconds", *place), 0.0)
    yield "_count", labels, counts[-1]


def labels_of(place: Key) -> dict[str, str]:
    """The labels of a pattern and status."""
    return {"pattern": place[0], "status": place[1]}


def house(state: State, version: str) -> list[Family]:
    """The gauges of the house. What is not known is left out."""
    queue = state.queue
    jobs = {"due": queue.due, "later": queue.later, "running": queue.running, "failed_24h": queue.failed}
    lanes = [("", {"channel": channel, "lane": lane.name.lower()}, float(n)) for channel, lane, n in state.backlog]
    families = [
        Family("songda_info", "gauge", "The version that runs.", (("", {"version": version}, 1.0),)),
        Family("songda_jobs", "gauge", "Jobs by state.", tuple(("", {"state": name}, float(n)) for name, n in jobs.items())),
        gauge("songda_queue_age_seconds", "How long the oldest due job has waited.", queue.age.total_seconds()),
        gauge("songda_workers", "Workers on duty.", queue.workers),
        gauge("songda_sweeper_lag_seconds", "How far the sweeper of case clocks is behind.", state.lag.total_seconds()),
        gauge("songda_clocks_put_off", "Case clocks that could not be read.", state.put_off),
        Family("songda_push_backlog", "gauge", "Messages waiting by channel and lane.", tuple(lanes)),
        gauge("songda_push_stuck", "Messages that failed or whose fate is unknown.", state.stuck),
        gauge("songda_violations_open", "Open violations of returns.", state.violations),
        gauge("songda_database_bytes", "Size of the database.", state.database_bytes),
        gauge("songda_disk_free_bytes", "Free space on the disk of the home.", state.disk.free),
        gauge("songda_alarms_open", "Alarms that nobody has acknowledged.", state.alarms),
        gauge("songda_audit_unsealed", "Audit rows the chain does not cover yet.", state.unsealed),
    ]
    if state.backup_age is not None:
        families.append(gauge("songda_backup_age_seconds", "Age of the newest backup.", state.backup_age.total_seconds()))
    return families


def gauge(name: str, meaning: str, value: float) -> Family:
    """A gauge without labels."""
    return Family(name, "gauge", meaning, (("", {}, float(value)),))
