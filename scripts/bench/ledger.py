"""How long pages of evidence take over many claims: `python -m bench.ledger [CLAIMS]` in scripts/ (else 100,000).

Invents claims in a store of its own, loads them as `placewise claims load` does, changes a tenth of them a week later,
and asks each page as the public does, of a day between the two as well.
Prints processor seconds of the load, and for each page the median and the 95th percentile in milliseconds.
"""

import csv
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

GOAL = 300
ASKED = 20
WORDS = ("people", "reviewed", "stroke", "carers", "children", "asthma", "diabetes", "frailty", "nurses", "falls")


def write_claims(folder: Path, count: int, corrected: int = 0) -> Path:
    """A dozen years of each measurand; in each fifth a cumulative count, so that some contradict each other.

    corrected: of how many, the last ones, the value is another than it was.
    """
    from placewise.floor.ledger.claims_file import CLAIMS_FILE, COLUMNS

    invent = random.Random(1)
    blank = dict.fromkeys(COLUMNS, "") | {
        "unit": "people", "kind": "counted", "bound": "exact", "cumulative": "no", "times_printed": "1",
    }  # fmt: skip
    with (folder / CLAIMS_FILE).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for number in range(count):
            measurand, year = number // 12, 2010 + number % 12
            said = {
                "id": f"G{number:06}",
                "document": f"Report {measurand % 300}",
                "section": f"Section {number % 9}",
                "statement": f"{' '.join(invent.sample(WORDS, 3))} in area {measurand % 40}",
                "value": 1000 + measurand % 977 + number % 12 * 10 + (number >= count - corrected),
                "geography": f"Area {measurand % 40}",
                "as_of": year,
                "measurand": f"measurand_{measurand}",
                "family": f"family_{measurand // 3}",
                "document_date": f"{year}-06-01",
                "target_by": f"{year + 3}-12" if number % 50 == 0 else "",
            }
            if measurand % 5 == 0:
                said |= {"cumulative": "yes", "period_from": "2010-01", "period_to": f"{year}-12", "as_of": ""}
            writer.writerow(blank | said)
    lines = ["document,title,publisher,dated,published"]
    lines += [f"Report {each},Report {each},Invented,2020-01-01,yes" for each in range(300)]
    (folder / "documents.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / CLAIMS_FILE


def measure_page(get: Callable[[str], int], address: Callable[[], str]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds of processor time; the first look, which compiles the page, is left
    out."""
    get(address())
    taken = []
    for _ in range(ASKED):
        asked, begun = address(), time.process_time()
        if get(asked) != 200:
            raise SystemExit(f"{asked} was not shown")
        taken.append((time.process_time() - begun) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95) - 1]


def main(count: int) -> list[tuple[str, float]]:
    """The 95th percentile of each page, by its title."""
    with TemporaryDirectory(prefix="placewise-ledger-") as folder:
        os.environ |= {
            "PLACEWISE_STORE": folder,
            "PLACEWISE_MODE": "demo",
            "PLACEWISE_DATABASE": str(Path(folder) / "site.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "placewise_site.settings",
            "PLACEWISE_ALLOWED_HOSTS": "testserver",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.test import Client
        from django.utils import timezone

        from placewise_site.evidence.ledger.actions import load_claims_file

        call_command("migrate", verbosity=0)
        week_ago = timezone.now() - timedelta(days=7)
        file, begun = write_claims(Path(folder), count), time.process_time()
        with patch("django.utils.timezone.now", lambda: week_ago):
            loaded = load_claims_file(by=None, path=file)
        print(f"{count:,} claims loaded, {loaded.blocking:,} contradictions: {time.process_time() - begun:.0f} s")
        file, begun = write_claims(Path(folder), count, count // 10), time.process_time()
        changed = load_claims_file(by=None, path=file).changed
        print(f"{changed:,} of them changed a week later: {time.process_time() - begun:.0f} s")
        browser, choose = Client(), random.Random(2)
        pages: dict[str, Callable[[], str]] = {
            "the list": lambda: "/evidence/",
            "its middle": lambda: f"/evidence/?page={count // 100}",
            "a search": lambda: f"/evidence/?words={choose.choice(WORDS)}+area+{choose.randrange(40)}",
            "a claim": lambda: f"/evidence/G{choose.randrange(count):06}/",
            "conflicts": lambda: "/evidence/conflicts/",
            "conflicts of a past day": lambda: f"/evidence/conflicts/?as_of={week_ago + timedelta(days=3):%Y-%m-%d}",
            "a claim of a past day": lambda: (
                f"/evidence/G{choose.randrange(count):06}/?as_of={week_ago + timedelta(days=3):%Y-%m-%d}"
            ),
        }
        slowest = []
        for title, address in pages.items():
            median, most = measure_page(lambda asked: browser.get(asked).status_code, address)
            print(f"{title:<24} {median:4.0f} ms, 95th percentile {most:4.0f} ms{'' if most < GOAL else ': too slow'}")
            slowest.append((title, most))
    return slowest


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
