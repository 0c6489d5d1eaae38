"""Write a folder of invented published files: the same deployment, code lists, people and seed give the same bytes.

PUBLISHED/
  geography/small_areas.csv           population/residents_by_age.csv
  deprivation/small_areas.csv         population/residents_by_ethnic_group.csv
  waiting/rtt_full_extract.zip        one CSV, as NHS England packs it
  waiting/emergency_care.csv          waiting/cancer_waits.csv      (hospital_series.py)
  geography/practices.csv             primary_care/quality_outcomes.csv      (registers.py)
  geography/boundaries_places.geojson, _middle_areas.geojson, _small_areas.geojson        (outlines.py)
  outcomes/outcomes.csv               where the margins have outcomes (outcomes.py)
  cancer/personalised_care.csv        where they have personalised care (personalised_care.py)
  cancer/by_alliance.csv              where they have cancer alliances (cancer_by_alliance.py)
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from placewise.config import Deployment
from placewise.floor.folders import whole_folder
from placewise.floor.progress import Report, quiet
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.synthetic.chance import stream
from placewise.synthetic.margins import FOLDER, get_place_level, read_margins
from placewise.synthetic.published.cancer_by_alliance import build_cancer_by_alliance
from placewise.synthetic.published.hospital_series import build_cancer, build_emergency, read_hospital_margins
from placewise.synthetic.published.margins import read_waiting_margins
from placewise.synthetic.published.outcomes import build_outcomes
from placewise.synthetic.published.outlines import build_outlines
from placewise.synthetic.published.personalised_care import build_personalised_care
from placewise.synthetic.published.registers import (
    build_practice_map,
    build_quality_outcomes,
    read_register_margins,
)
from placewise.synthetic.published.residents import build_ages, build_deprivation, build_ethnic_groups, build_lookup
from placewise.synthetic.published.waiting import build_extract
from placewise.synthetic.small_areas import build_small_areas

CANCER_MONTHS = 24
LAST_OF_FINANCIAL_YEAR = 3


def synthesise_published(
    deployment: Deployment,
    code_lists: Mapping[str, CodeList],
    people: int,
    seed: int,
    folder: Path,
    progress: Report = quiet,
) -> None:
    """Write the folder whole, about the last month of the window.

    Its small areas are those of the records of as many people and the same seed (synthetic/build.py). Raises
    FaultsFound where the folder exists or the margins are faulty.
    """
    hierarchy, month = deployment.hierarchy, deployment.window.month_ends[-1]
    margins_folder = deployment.folder / FOLDER
    places = {each.code for each in hierarchy.at(get_place_level(hierarchy))}
    margins = read_margins(margins_folder, code_lists, places)
    waiting = read_waiting_margins(margins_folder, hierarchy)
    areas = build_small_areas(margins, people, stream(seed, "areas"))
    whole = sum(row.people for row in margins.deciles)
    tables = {
        "geography/small_areas.csv": build_lookup(areas, hierarchy),
        "deprivation/small_areas.csv": build_deprivation(areas, stream(seed, "published deprivation")),
        "population/residents_by_age.csv": build_ages(margins, areas, stream(seed, "published ages")),
        "population/residents_by_ethnic_group.csv": build_ethnic_groups(
            margins, areas, stream(seed, "published ethnic groups")
        ),
    }
    tables |= _build_hospital_series(deployment, seed) | _build_registers(deployment, whole, seed)
    outcomes = build_outcomes(margins_folder, hierarchy.top.code, stream(seed, "published outcomes"))
    if outcomes is not None:
        tables["outcomes/outcomes.csv"] = outcomes
    if (care := _build_personalised_care(deployment, seed)) is not None:
        tables["cancer/personalised_care.csv"] = care
    year = _get_last_financial_year(deployment) - 1
    alliances = build_cancer_by_alliance(margins_folder, year, stream(seed, "published cancer by alliance"))
    if alliances is not None:
        tables["cancer/by_alliance.csv"] = alliances
    extract = build_extract(waiting, hierarchy, people / whole, month, stream(seed, "published waiting"))
    with whole_folder(folder) as draft:
        for file, table in tables.items():
            (draft / file).parent.mkdir(parents=True, exist_ok=True)
            (draft / file).write_bytes(_write_csv(table))
        for drawn, outlines in build_outlines(areas, hierarchy, stream(seed, "published outlines")).items():
            (draft / f"geography/boundaries_{drawn}.geojson").write_bytes(outlines)
        with zipfile.ZipFile(draft / "waiting" / "rtt_full_extract.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            # A ZipInfo has a date of its own, the same each time.
            name = zipfile.ZipInfo(f"{month:%Y%m%d}-RTT-{month:%B-%Y}-full-extract.csv")
            archive.writestr(name, _write_csv(extract), zipfile.ZIP_DEFLATED)
    progress("Published files invented", 1.0)


def _build_hospital_series(deployment: Deployment, seed: int) -> dict[str, pa.Table]:
    """File -> its table: every month of the window, and of cancer the last two years."""
    hierarchy, months = deployment.hierarchy, deployment.window.month_ends
    margins = read_hospital_margins(deployment.folder / FOLDER, hierarchy)
    return {
        "waiting/emergency_care.csv": build_emergency(
            margins, hierarchy, months, stream(seed, "published emergency care")
        ),
        "waiting/cancer_waits.csv": build_cancer(
            margins, hierarchy, months[-CANCER_MONTHS:], stream(seed, "published cancer waits")
        ),
    }


def _build_personalised_care(deployment: Deployment, seed: int) -> pa.Table | None:
    """Of the two financial years that end with the window or in it."""
    end = _get_last_financial_year(deployment)
    years = [f"{year - 1}-{year % 100:02d}" for year in (end - 1, end)]
    folder = deployment.folder / FOLDER
    return build_personalised_care(folder, deployment.hierarchy, years, stream(seed, "published personalised care"))


def _get_last_financial_year(deployment: Deployment) -> int:
    """The year in whose March it ends."""
    month = deployment.window.month_ends[-1]
    return month.year if month.month >= LAST_OF_FINANCIAL_YEAR else month.year - 1


def _build_registers(deployment: Deployment, people: int, seed: int) -> dict[str, pa.Table]:
    """File -> its table, of the financial year that ends with the window or in it."""
    hierarchy, end = deployment.hierarchy, _get_last_financial_year(deployment)
    practices = sorted(hierarchy.chains)
    return {
        "geography/practices.csv": build_practice_map(practices, hierarchy),
        "primary_care/quality_outcomes.csv": build_quality_outcomes(
            read_register_margins(deployment.folder / FOLDER),
            practices,
            people,
            f"{end - 1}-{end % 100:02d}",
            stream(seed, "published registers"),
        ),
    }


def _write_csv(table: pa.Table) -> bytes:
    """With a header as publishers write it: quoted only where it must be."""
    written = io.BytesIO()
    header = ",".join(f'"{name}"' if "," in name else name for name in table.column_names)
    written.write(f"{header}\n".encode())
    pa.csv.write_csv(table, written, pa.csv.WriteOptions(include_header=False))
    return written.getvalue()
