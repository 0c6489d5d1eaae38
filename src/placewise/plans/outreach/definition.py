"""What an outreach plan is made from: three small tables, and the ground of outreach aimed at a protected group.

need.csv    area,group,people,reached     people asked and those reached already; a group missing in an area is nobody
sites.csv   site,name,capacity            how many people a team can see there
reach.csv   site,area,share               of an area's people not yet reached, how many would come; left out: nobody
"""

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from placewise.floor.csv_rows import find_rows
from placewise.floor.faults import Fault, FaultsFound, nearest
from placewise.plans.outreach.contract import Need, Sites

NEED_COLUMNS = ("area", "group", "people", "reached")
SITE_COLUMNS = ("site", "name", "capacity")
REACH_COLUMNS = ("site", "area", "share")

NOT_PROTECTED = ("deprivation_fifth", "deprivation_decile", "area")
"""What groups may be without a recorded ground: where people live is no protected characteristic."""


class Ground(BaseModel):
    """Why outreach is aimed at people of a protected characteristic (Equality Act 2010, section 158)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    need: str = Field(min_length=1)
    proportionality: str = Field(min_length=1)
    ends: date
    review: date

    @model_validator(mode="after")
    def check_dates(self) -> "Ground":
        if self.review > self.ends:
            raise ValueError("the review is after the end; set it to a day before")
        return self


def read_need(path: Path) -> Need:
    """Raises FaultsFound with every mistake: no number, more reached than there are, a pair twice, an empty group."""
    rows, faults = find_rows(path, NEED_COLUMNS)
    counts: dict[tuple[str, str], tuple[float, float]] = {}
    for line, cells in rows:
        people, reached = (_number(path, line, cells[name], name, faults) for name in ("people", "reached"))
        key = cells["area"], cells["group"]
        if key in counts:
            told = f"{key[1]} in {key[0]} is told twice"
            faults.append(Fault(str(path), line, told, "keep one row for each area and group"))
        if reached > people:
            told = f"{reached:g} are reached of {people:g} people"
            faults.append(Fault(str(path), line, told, "write who is asked first and who is reached second"))
        counts[key] = people, reached
    areas, groups = (tuple(sorted({key[place] for key in counts})) for place in (0, 1))
    for group in groups:
        if not sum(people for key, (people, _) in counts.items() if key[1] == group):
            faults.append(Fault(str(path), None, f"there is nobody in the group {group}", "leave it out"))
    if not rows and not faults:
        faults.append(Fault(str(path), None, "it holds nobody", "give a row for each area and group"))
    if faults:
        raise FaultsFound(faults)
    cells_of = np.array([[counts.get((area, group), (0.0, 0.0)) for group in groups] for area in areas])
    return Need(areas=areas, groups=groups, people=cells_of[..., 0], reached=cells_of[..., 1])


def read_sites(sites_file: Path, reach_file: Path, areas: Sequence[str]) -> Sites:
    """The sites, by name, with their reach into these areas. Raises FaultsFound with every mistake of both files."""
    site_rows, faults = find_rows(sites_file, SITE_COLUMNS)
    reach_rows, reach_faults = find_rows(reach_file, REACH_COLUMNS)
    faults += reach_faults
    found: dict[str, tuple[str, float]] = {}
    for line, cells in site_rows:
        if cells["site"] in found:
            faults.append(Fault(str(sites_file), line, f"the site {cells['site']} is told twice", "keep one row"))
        found[cells["site"]] = cells["name"], _number(sites_file, line, cells["capacity"], "capacity", faults)
    if not site_rows and not faults:
        faults.append(Fault(str(sites_file), None, "it holds no site", "give a row for each site"))
    names = tuple(sorted(found))
    places = {name: place for place, name in enumerate(names)}, {name: place for place, name in enumerate(areas)}
    reach, told = np.zeros((len(names), len(areas))), set[tuple[str, str]]()
    for line, cells in reach_rows if site_rows else ():
        share = _number(reach_file, line, cells["share"], "share", faults)
        key = cells["site"], cells["area"]
        unknown = [each for each, known in zip(key, places, strict=True) if each not in known]
        if unknown:
            known = places[0] if unknown[0] == key[0] else places[1]
            fault = Fault(str(reach_file), line, f"{unknown[0]} is in no other table", nearest(unknown[0], known))
            faults.append(fault)
        elif key in told:
            faults.append(Fault(str(reach_file), line, f"{key[0]} and {key[1]} are told twice", "keep one row"))
        elif share > 1:
            faults.append(Fault(str(reach_file), line, f"the share {share:g} is above 1", "write 40% as 0.4"))
        else:
            reach[places[0][key[0]], places[1][key[1]]] = share
        told.add(key)
    if faults:
        raise FaultsFound(faults)
    return Sites(
        sites=names,
        titles=tuple(found[name][0] for name in names),
        capacity=np.array([found[name][1] for name in names]),
        reach=reach,
    )


def _number(path: Path, line: int, text: str, column: str, faults: list[Fault]) -> float:
    """The number in a cell; 0, and a fault, where it holds none or one below 0."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isfinite(number) and number >= 0:
        return number
    faults.append(Fault(str(path), line, f"{column} `{text}` is no number of 0 or more", "write digits only"))
    return 0.0
