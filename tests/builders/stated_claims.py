"""An invented document of stated figures: six conflicts, and twelve pairs that look like one and are none."""

from pathlib import Path

from placewise.floor.ledger.claim import StatedClaim
from placewise.floor.ledger.claims_file import COLUMNS, read_claims

DEFAULTS = {
    "document": "Z",
    "section": "News",
    "value_high": "",
    "kind": "counted",
    "population_or_definition": "residents",
    "geography": "Sandbox",
    "as_of": "2024",
    "note": "",
    "family": "",
    "basis": "",
    "bound": "exact",
    "cumulative": "no",
    "period_from": "",
    "period_to": "",
    "part_of": "",
    "nesting": "",
    "target_by": "",
    "document_date": "2024-06-01",
    "times_printed": "1",
    "measure": "",
}

CONFLICTS = """
1a 900 people      measurand=trained cumulative=yes period_from=2022-01 period_to=2024-03
1b 1200 people     measurand=trained cumulative=yes period_from=2022-01 period_to=2023-03
2a open status     measurand=hub
2b shut status     measurand=hub
3a 500 people      measurand=frail family=frailty basis=people_on_the_register
3b 300 people      measurand=visited family=frailty basis=people_in_care_homes part_of=3a nesting=stated
4a 80 people       measurand=nurses family=nursing
4b 61.5 full-time_equivalents measurand=posts family=nursing
5a 40000 GBP       measurand=grants family=money nesting=not_stated
5b 15000 GBP       measurand=fund family=money nesting=not_stated
6a 5 percent       measurand=falls kind=target target_by=2024-03
"""
NEAR_MISSES = """
a1 900 people      measurand=helped cumulative=yes period_from=2022-01 period_to=2023-03
a2 1200 people     measurand=helped cumulative=yes period_from=2022-01 period_to=2024-03
b1 700 people      measurand=tested cumulative=yes period_from=2021-01 period_to=2021-12
b2 600 people      measurand=tested cumulative=yes period_from=2022-01 period_to=2023-12
c1 4000000 GBP     measurand=estate bound=at_least
c2 4600000 GBP     measurand=estate
d1 2400000 people  measurand=served kind=told
d2 2396517 people  measurand=served
e1 open status     measurand=cafe as_of=2022
e2 shut status     measurand=cafe as_of=2024
f1 500 people      measurand=asthma family=lungs basis=people_on_the_register
f2 300 people      measurand=reviewed family=lungs basis=people_on_the_register part_of=f1 nesting=stated
g1 53000 people    measurand=newly_found family=caring nesting=not_stated
g2 400000 people   measurand=all_carers family=caring
h1 80 people       measurand=porters family=portering
h2 61.5 full-time_equivalents measurand=cleaning_posts family=cleaning
i1 40000 GBP       measurand=gift family=gifts nesting=separate
i2 15000 GBP       measurand=legacy family=gifts nesting=separate
j1 5 percent       measurand=waits kind=target target_by=2024-12
k1 12 percent      measurand=smoking times_printed=1
k2 12 percent      measurand=smoking section=Summary
l1 6 hubs          measurand=hubs_open geography=not_stated
l2 6 hubs          measurand=hubs_open
"""
"""In turn: a count that grows with its period; periods apart; "over" and more; a rounded and an exact number; two
times; a part of its own whole; a new group that may lie outside the old; two subjects; amounts said to be separate; a
target still to come; one number in two sections; a place that is not named."""


def build_claims(folder: Path, text: str) -> tuple[StatedClaim, ...]:
    """From lines of id, value, unit and whatever is not as in DEFAULTS, underscores for blanks."""
    rows, named = [], [*COLUMNS, "measure"]
    for line in text.strip().splitlines():
        name, value, unit, *said = line.split()
        row = DEFAULTS | {"id": name, "statement": name, "value": value, "unit": unit.replace("_", " ")}
        row |= {key: told.replace("_", " ") for key, _, told in (each.partition("=") for each in said)}
        rows.append(",".join(row[column] for column in named))
    path = folder / "claims.csv"
    path.write_text("\n".join([",".join(named), *rows, ""]), encoding="utf-8")
    return read_claims(path)
