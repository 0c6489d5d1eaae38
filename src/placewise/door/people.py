"""Everybody in the records, once each: their pseudonym and whether they may pass."""

from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from placewise.door.contract import Declaration
from placewise.door.definition import OPT_OUT_KINDS, Purpose
from placewise.door.identity import make_pseudonyms, standardise_numbers
from placewise.door.records import read_columns
from placewise.floor.faults import refuse

KEPT, OPTED_OUT, REFUSED = "kept", "opted_out", "refused"
INVENTED = "9"
NO_NUMBER = "the NHS number is missing or its check digit is wrong"


def find_people(records: Path, purpose: Purpose, declaration: Declaration, linkage_key: bytes) -> pa.Table:
    """Row by row of person.parquet: person_id, nhs_number (ten digits or ""), pseudonym (int64) and fate.

    Raises FaultsFound where two rows share an NHS number or a person_id, since no one could say whose record is whose,
    and where records declared synthetic hold a number that a real person could have.
    """
    file = records / "person.parquet"
    table = read_columns(file, ["person_id", "person_source_value"])
    numbers = standardise_numbers(table["person_source_value"].to_pylist())
    _check_unique(file, numbers, "NHS number", "merge the two records in the practice's system, or remove one")
    _check_unique(file, table["person_id"].to_pylist(), "person_id", "give each person one row")
    if declaration.synthetic:
        _check_invented(file, numbers)
    pseudonyms = np.zeros(len(numbers), dtype=np.int64)
    pseudonyms[np.array(numbers, bool)] = make_pseudonyms([number for number in numbers if number], linkage_key)
    opted_out = find_opted_out(records, purpose, declaration)
    fate = [REFUSED if not number else OPTED_OUT if number in opted_out else KEPT for number in numbers]
    return pa.table(
        {
            "person_id": table["person_id"].cast(pa.int64()),
            "nhs_number": pa.array(numbers, pa.string()),
            "pseudonym": pa.array(pseudonyms),
            "fate": pa.array(fate, pa.string()),
        }
    )


def find_opted_out(records: Path, purpose: Purpose, declaration: Declaration) -> set[str]:
    """The NHS numbers kept back by the opt-outs this purpose honours, in force on the day the door is run.

    The day of the data does not matter: whoever has opted out since is kept back too. An opt-out that cannot be read
    stops everything: it must not be lost.
    """
    if not purpose.opt_outs:
        return set()
    today = max(declaration.extracted_on, date.today())
    file = records / "opt_out.parquet"
    table = read_columns(file, ["nhs_number", "kind", "from_date"])
    numbers = standardise_numbers(table["nhs_number"].to_pylist())
    kinds = table["kind"].to_pylist()
    opted_out = set()
    for row, (number, kind, since) in enumerate(zip(numbers, kinds, table["from_date"].to_pylist(), strict=True), 1):
        if not number or kind not in OPT_OUT_KINDS:
            fault = "the NHS number is not valid" if not number else f"the kind `{kind}` is neither type_1 nor national"
            raise refuse(file, f"{fault}, so this opt-out cannot be honoured", "correct the row", row)
        if kind in purpose.opt_outs and (since is None or since <= today):
            opted_out.add(number)
    return opted_out


def register_people(database: duckdb.DuckDBPyConnection, people: pa.Table) -> None:
    """Make the table `people` (person_id, pseudonym, fate), which every other table of the records is joined to."""
    database.register("people_in", people.drop_columns(["nhs_number"]))
    database.execute("CREATE TEMP TABLE people AS FROM people_in")
    database.unregister("people_in")


def _check_invented(file: Path, numbers: list[str]) -> None:
    """Numbers that begin with 9 are given to nobody (the package nhs-number's synthetic range)."""
    for row, number in enumerate(numbers, 1):
        if number and not number.startswith(INVENTED):
            fault = "it is declared synthetic and holds an NHS number that a real person could have"
            raise refuse(
                file, fault, "set mode: live in the deployment, with live_use recorded, or use test numbers", row
            )


def _check_unique(file: Path, values: list, what: str, remedy: str) -> None:
    """Raises FaultsFound naming the rows, never the value itself."""
    there = [value for value in values if value]
    if len(set(there)) == len(there):
        return
    twice = {value for value, rows in Counter(there).items() if rows > 1}
    rows: dict[object, list[str]] = {}
    for row, value in enumerate(values, 1):
        if value in twice:
            rows.setdefault(value, []).append(str(row))
    groups = [" and ".join(group) for group in rows.values()]
    more = f" (and {len(groups) - 3} more such groups)" if len(groups) > 3 else ""
    raise refuse(file, f"rows {'; '.join(groups[:3])}{more} have the same {what}", f"{remedy}, and run the door again")
