"""A system from nothing: invent it, pass it through every room, and put its first release in force.

What is done already is not done again, so a second start is instant.
"""

import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from placewise import pipeline
from placewise.config import Deployment
from placewise.floor.faults import FaultsFound, refuse
from placewise.floor.folders import current, read_json, write_whole
from placewise.floor.progress import Report, part_of, quiet
from placewise.publishing.contract import RELEASES

MADE_WITH = "demonstration.json"
GIVES_WAY = 5
"""Added to the niceness of the process beside: it works when this one leaves a core idle."""
INVENTED_UNTIL = date(2999, 12, 31)
"""Invented records are nobody's, so nothing bounds how long they are kept; a fixed day keeps it the same."""


def run_demonstration(
    deployment: Deployment,
    store: Path,
    *,
    people: int,
    seed: int,
    published: Path | None,
    report: Report,
    begin_beside: Callable[[], None] | None = None,
) -> Path:
    """The release in force at the end. With published files nothing is invented: this is how a real system starts.

    begin_beside: called where there is work to do, once the store is this demonstration's, to begin other work on it.
    Raises FaultsFound where the store holds something else than this demonstration, so that nothing real is replaced.
    """
    wanted = {
        "deployment": deployment.slug,
        "people": None if published else people,
        "seed": None if published else seed,
        "published": str(published.resolve()) if published else None,
    }
    note = store / MADE_WITH
    said = read_json(note) if note.is_file() else None
    if store.is_dir() and any(store.iterdir()) and (said is None or bool(said["published"]) != bool(published)):
        raise refuse(store, "it holds something else than this demonstration", "name another folder with --store")
    in_force = current(store / RELEASES)
    if in_force and said == {**wanted, "release": in_force.name}:
        return in_force
    store.mkdir(parents=True, exist_ok=True)
    if said and (said["people"], said["seed"]) != (wanted["people"], wanted["seed"]):
        # Other people are invented: what was released of the former is nothing earlier of these.
        shutil.rmtree(store / RELEASES, ignore_errors=True)
    write_whole(note, json.dumps({**wanted, "release": None}))
    if begin_beside:
        begin_beside()
    with _beside() as beside:
        try:
            if published:
                pipeline.receive_published(deployment, published, store, part_of(report, 0.0, 0.5))
                finish_lists = None
            else:
                finish_lists = _invent(deployment, store, people, seed, part_of(report, 0.0, 0.5), beside)
        except FaultsFound:
            if [each.name for each in store.iterdir()] == [MADE_WITH]:  # refused before any work: another may begin
                shutil.rmtree(store)
            raise
        made = pipeline.release(deployment, store, part_of(report, 0.5, 1.0), finish_lists)
    write_whole(note, json.dumps({**wanted, "release": made.name}))
    return made


@contextmanager
def _beside() -> Iterator[Executor]:
    """One process more, started when it is first given something to do. It gives way to this one, which has the longer
    work; where this one stops, it begins nothing more."""
    fresh = multiprocessing.get_context("spawn")  # a fork would copy locks that Arrow's threads may hold
    pool = ProcessPoolExecutor(1, mp_context=fresh, initializer=os.nice, initargs=(GIVES_WAY,))
    try:
        yield pool
    except BrokenProcessPool as error:
        fault = "the process that makes call lists was stopped before its work was done"
        raise refuse("demo", fault, "free some memory and run it again") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _invent(
    deployment: Deployment, store: Path, people: int, seed: int, report: Report, beside: Executor
) -> Callable[[], None]:
    """Records; the door, the load and the build for planning, and beside them published files and what is for direct
    care. Returns what waits for the latter, and raises what went wrong there.
    """
    published = beside.submit(_publish, deployment, store, people, seed)
    records = store / f"records-{people}-{seed}"
    if not records.is_dir():
        pipeline.synthesise(deployment, records, people, seed, part_of(report, 0.0, 0.3))
    care = beside.submit(_take_in, deployment, store, records, seed, pipeline.DIRECT_CARE, quiet)
    _take_in(deployment, store, records, seed, pipeline.PLANNING, part_of(report, 0.3, 0.6))
    published.result()  # a build asks them where people live
    pipeline.count(deployment, store, part_of(report, 0.6, 1.0))
    lists = beside.submit(pipeline.list_people, deployment, store, quiet)

    def finish_lists() -> None:
        care.result()
        lists.result()

    return finish_lists


def _publish(deployment: Deployment, store: Path, people: int, seed: int) -> None:
    """Published files where the deployment has some to invent, taken into the store."""
    if deployment.synthetic_published:
        files = store / f"published-{people}-{seed}"
        if not files.is_dir():
            pipeline.synthesise_published(deployment, files, people, seed, quiet)
        pipeline.receive_published(deployment, files, store, quiet, invented=True)


def _take_in(deployment: Deployment, store: Path, records: Path, seed: int, purpose: str, report: Report) -> None:
    """The records through the door for a purpose, and what came out of it into the store."""
    extract = store / f"{records.name.replace('records', 'extract', 1)}-{purpose}"
    if not extract.is_dir():
        pipeline.pass_door(
            deployment,
            records,
            extract,
            purpose=purpose,
            # Invented people need no secret, and the same seed gives the same pseudonyms.
            linkage_key=hashlib.sha256(f"{deployment.slug} {seed}".encode()).digest(),
            retention_until=INVENTED_UNTIL,
            report=part_of(report, 0.0, 0.5),
        )
    pipeline.receive(deployment, extract, store, None, part_of(report, 0.5, 1.0))
