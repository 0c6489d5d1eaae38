"""Write the synthetic networks and practices of a deployment into its organisations.csv, under the places it names.

    python scripts/write_synthetic_practices.py deployments/west_yorkshire

The other rows stay as they are; the synthetic ones are written anew, always the same. A place's share is in proportion
to its residents (ONS mid-2020 estimates by LSOA 2011, added up by the 2022 sub-ICB lookup), by largest remainder. The
numbers of networks and practices are those of the published list of 1 January 2022. Codes such as SYN001 cannot be real
ODS codes.
"""

import csv
import sys
from pathlib import Path

import numpy as np

from placewise.floor.vocabulary.organisations_file import COLUMNS
from placewise.synthetic.subset import share_out

RESIDENTS = {"36J": 593_410, "02T": 211_439, "X2C4Y": 441_290, "15F": 798_786, "03R": 351_592}
NETWORKS = 52
PRACTICES = 279
SOURCE = "synthetic: scripts/write_synthetic_practices.py"


def build_rows(places: dict[str, str]) -> list[dict[str, str]]:
    """Networks, then practices; places: code -> name. The practices of a network follow one another."""
    weights = np.array([RESIDENTS[place] for place in places])
    networks_in = share_out(NETWORKS, weights)
    practices_in = share_out(PRACTICES, weights)
    networks, practices = [], []
    for (place, name), network_count, practice_count in zip(places.items(), networks_in, practices_in, strict=True):
        for size in share_out(practice_count, np.ones(network_count)):
            number = len(networks) + 1
            network = f"SYNN{number:02}"
            networks.append(_row(network, f"Synthetic Network {number:02} ({name})", "network", place))
            for _ in range(size):
                number = len(practices) + 1
                practices.append(
                    _row(f"SYN{number:03}", f"Synthetic Practice {number:03} ({name})", "practice", network)
                )
    return networks + practices


def _row(code: str, name: str, level: str, parent: str) -> dict[str, str]:
    return dict(zip(COLUMNS, (code, name, level, level, parent, "", "", "yes", SOURCE), strict=True))


def main(folder: Path) -> None:
    path = folder / "organisations.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        real = [row for row in csv.DictReader(stream) if row["source"] != SOURCE]
    places = {row["code"]: row["name"] for row in real if row["code"] in RESIDENTS}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(real + build_rows(places))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
