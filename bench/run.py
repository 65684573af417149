"""`make bench`: measures the server, beside ejabberd where that is installed, and prints one table.

Server and database run on core 0, the load comes from this process on core 1. `bench/README.md` tells the method.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from bench import calls, ejabberd, files, lighthouse, workloads, zorg
from bench.lines import Messenger
from tests import postgresql

LOAD_CORE = 1
KIB, MIB = 1024, 1024 * 1024
LAST = ("load generator, at its busiest", "lost / doubled")
Cells = dict[str, str]
Open = Callable[[Path], AbstractContextManager[Messenger]]
MESSENGERS: dict[str, Open] = {
    "sqlite": lambda folder: zorg.running(folder, on_postgresql=False),
    "postgresql": lambda folder: zorg.running(folder, on_postgresql=True),
    "ejabberd": ejabberd.running,
}


@dataclass
class Run:
    """The workloads on one messenger, lightest first."""

    messenger: Messenger
    seconds: float
    connections: int
    lost: int = 0
    load: float = 0.0
    doubled: int = 0
    cells: Cells = field(default_factory=dict)

    async def rest(self) -> None:
        """Start and memory."""
        self.cells["start to first answer, s"] = f"{self.messenger.started_in:.2f}"
        self.cells["memory at rest, MiB"] = f"{self.messenger.memory() / MIB:,.0f}"

    async def idle(self) -> None:
        """Connections that do nothing."""
        each = await workloads.idle(self.messenger, self.connections)
        self.cells["memory per idle connection, KiB"] = f"{each / KIB:.1f}"

    async def steady(self) -> None:
        """A quiet day."""
        tally = self.checked(await workloads.steady(self.messenger, 100, max(10, self.seconds)))
        self.cells["100 messages/s: latency p50 / p99, ms"] = f"{tally.latency(0.5):.1f} / {tally.latency(0.99):.1f}"
        self.cells["100 messages/s: CPU-s per 1,000"] = f"{tally.cpu_per_thousand:.3f}"

    async def one(self) -> None:
        """Pairs, one at a time."""
        await self.pairs(1)

    async def eight(self) -> None:
        """Pairs, eight at a time."""
        await self.pairs(8)

    async def pairs(self, in_flight: int) -> None:
        """Fifty pairs."""
        tally = self.checked(await workloads.one_to_one(self.messenger, in_flight, self.seconds))
        title = f"1:1, 50 pairs, {in_flight} in flight"
        self.cells[f"{title}: acknowledged and delivered /s"] = f"{tally.rate:,.0f}"
        self.cells[f"{title}: CPU-s per 1,000"] = f"{tally.cpu_per_thousand:.3f}"

    async def group(self) -> None:
        """A group of fifty."""
        tally, receivers = await workloads.group(self.messenger, 8, self.seconds)
        self.cells["group of 50, 8 in flight: deliveries /s"] = f"{self.checked(tally).rate * receivers:,.0f}"

    async def history(self) -> None:
        """A long conversation."""
        tally = self.checked(await workloads.history(self.messenger, self.seconds))
        self.cells["last 50 of 10,000 messages: requests /s"] = f"{tally.rate:,.0f}"

    async def search(self) -> None:
        """Everything a person may read."""
        if isinstance(self.messenger, zorg.Zorg):
            seconds = sorted(await workloads.search(self.messenger, 10))
            middle, last = seconds[len(seconds) // 2], seconds[-1]
            self.cells["search in 100,000 messages: median / slowest, ms"] = f"{middle * 1000:.0f} / {last * 1000:.0f}"

    async def files(self) -> None:
        """Files up and down, and pictures made safe."""
        if isinstance(self.messenger, zorg.Zorg):
            found = await asyncio.to_thread(files.measure, self.messenger)
            self.cells["file of 100 MiB: up / down, MB/s"] = f"{found.up:,.0f} / {found.down:,.0f}"
            self.cells["file of 100 MiB: checked without a scanner, s"] = f"{found.checked:.2f}"
            self.cells["file of 100 MiB: memory more at most, MiB"] = f"{found.more:.1f}"
            self.cells["pictures checked /s: of 12 / 1 megapixels"] = (
                f"{found.photographs:.1f} / {found.screenshots:.1f}"
            )

    async def calls(self) -> None:
        """Video calls."""
        if isinstance(self.messenger, zorg.Zorg):
            found = await calls.signalling(self.messenger)
            self.cells["call of two, signalling: CPU / time, ms"] = f"{found.cpu:.1f} / {found.wall:.1f}"
            self.cells["call of two, going on: memory at most, KiB"] = f"{found.memory:.0f}"

    async def pictures(self) -> None:
        """A call between real browsers."""
        if isinstance(self.messenger, zorg.Zorg):
            found = await asyncio.to_thread(calls.first_pictures)
            self.cells["click to first picture of the other: median / slowest of 20, s"] = calls.middle_and_slowest(
                found
            )

    async def lighthouse(self) -> None:
        """The web app on a telephone."""
        if isinstance(self.messenger, zorg.Zorg):
            try:
                for page, found in await asyncio.to_thread(lambda: list(lighthouse.measure())):
                    scores = " / ".join(map(str, found.scores))
                    self.cells[f"Lighthouse, {page}: performance / accessibility / practices; shift"] = (
                        f"{scores}; {found.shift:.3f}"
                    )
            except lighthouse.NotInstalled as missing:
                print(f"left out lighthouse: {missing}")

    def checked(self, tally: workloads.Tally) -> workloads.Tally:
        """Adds up what was lost and doubled, and keeps how busy the generator was at its busiest."""
        self.load = max(self.load, tally.load)
        self.cells["load generator, at its busiest"] = f"{self.load:.0%}"
        self.lost, self.doubled = self.lost + tally.lost, self.doubled + tally.doubled
        self.cells["lost / doubled"] = f"{self.lost} / {self.doubled}"
        return tally


WORKLOADS: dict[str, Callable[[Run], Awaitable[None]]] = {
    "rest": Run.rest,
    "idle": Run.idle,
    "steady": Run.steady,
    "one": Run.one,
    "eight": Run.eight,
    "group": Run.group,
    "history": Run.history,
    "search": Run.search,
    "files": Run.files,
    "calls": Run.calls,
    "pictures": Run.pictures,
    "lighthouse": Run.lighthouse,
}


async def measured(run: Run, chosen: list[str]) -> Cells:
    """Does the chosen workloads and gives what to print."""
    for name in chosen:
        await WORKLOADS[name](run)
        await asyncio.sleep(1)
    return run.cells


def table(columns: dict[str, Cells]) -> str:
    """A table in Markdown, one column for each messenger."""
    rows = list(dict.fromkeys(name for cells in columns.values() for name in cells))
    rows.sort(key=LAST.__contains__)
    lines = [["", *columns], ["---", *("---:" for _ in columns)]]
    lines += [[name, *(cells.get(name, "–") for cells in columns.values())] for name in rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns) + 1)]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def main() -> None:
    """Measures what was asked for, one messenger after the other."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description="Measures; without options, everything.")
    parser.add_argument("--on", nargs="+", choices=[*MESSENGERS], default=[*MESSENGERS])
    parser.add_argument("--only", nargs="+", choices=[*WORKLOADS], default=[*WORKLOADS])
    parser.add_argument("--seconds", type=float, default=10, help="for each workload")
    parser.add_argument("--connections", type=int, default=2000, help="idle ones")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    columns: dict[str, Cells] = {}
    for name in asked.on:
        try:
            with (
                tempfile.TemporaryDirectory(prefix="zorg-bench-") as folder,
                MESSENGERS[name](Path(folder)) as messenger,
            ):
                run = Run(messenger, asked.seconds, asked.connections)
                columns[messenger.name] = uvloop.run(measured(run, asked.only))
        except (postgresql.NotInstalled, ejabberd.NotInstalled) as missing:
            print(f"left out {name}: {missing}")
    print(table(columns))


if __name__ == "__main__":
    main()
