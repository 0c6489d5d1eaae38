"""The people of a load: each person's row checked, and the table `people` that every other row is held against."""

from collections.abc import Mapping
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.database import quoted
from placewise.floor.faults import refuse
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP, ETHNIC_GROUPS, OMOP_SEX, SEXES
from placewise.intake.omop.history import build_registration
from placewise.intake.omop.rows import REPEATED, build_checked, find_repeats, type_faults, value_of
from placewise.intake.omop.shards import find_shards
from placewise.intake.omop.source import Source, Types
from placewise.intake.omop.tables import DEATH, EARLIEST_YEAR, PEOPLE, RACE_GROUPS, REGISTRATION, REPLACED

WITHOUT_PRACTICE = "the person has no practice, though the source declares practices"


def find_people(database: duckdb.DuckDBPyConnection, source: Source, types: Types) -> pa.Table:
    """The rows of person with the reason for each set aside, as read_people, judged with death and registration.

    It leaves the tables `deaths` (person_id, died) and `registered` (person_id, practice, start_date, end_date).
    """
    declared = source.declaration
    people = read_people(database, "raw_person", types["person"], declared.extracted_on)
    database.execute("CREATE TEMP TABLE deaths (person_id BIGINT, died DATE)")
    register_people(database, people, 1)
    if "death" in types:
        checked = build_checked(DEATH, "raw_death", types["death"], declared.extracted_on)
        database.execute(
            f"INSERT INTO deaths SELECT person_id, min(date) FROM ({checked}) WHERE reason IS NULL GROUP BY person_id"
        )
        register_people(database, people, 1)
    if "registration" in types:
        if not declared.declares_practices:
            raise refuse(
                source.files["registration"].path,
                "it names practices, though the source is declared to know none",
                "correct `declares_practices` in the declaration",
            )
        checked = build_checked(REGISTRATION, "raw_registration", types["registration"], declared.extracted_on)
        registered = f"SELECT person_id, practice, start_date, end_date FROM ({checked}) WHERE reason IS NULL"
    else:
        registered = build_registration(types, declared.extracted_on, declared.declares_practices)
    database.execute(f"CREATE TEMP TABLE registered AS {registered}")
    if not declared.declares_practices:
        return people
    asked = "people"
    if declared.changes_since:  # of whom they tell no registration stays where they were, unless they are replaced
        told = " UNION ALL ".join(
            f"SELECT TRY_CAST(person_id AS BIGINT) AS person_id FROM raw_{table}"
            for table in ("registration", REPLACED.source)
        )
        asked = f"(FROM people SEMI JOIN ({told}) USING (person_id))"
    nowhere = f"SELECT person_id FROM {asked} ANTI JOIN registered USING (person_id)"
    return _set_aside(people, database.execute(nowhere).to_arrow_table()["person_id"].combine_chunks())


def read_people(
    database: duckdb.DuckDBPyConnection, view: str, types: Mapping[str, str], extracted_on: date
) -> pa.Table:
    """Every row of person: row_number, person_id, birth_year, birth_month, sex, ethnicity, reason (null: kept).

    Sex and ethnicity are words of vocabulary/people.py; what is neither given nor known is "not_recorded".
    """
    fields = ", ".join(f"{value_of(kept, types)} AS {kept.name}" for kept in PEOPLE.columns)
    month = "birth_month BETWEEN 1 AND 12"
    born = f"CASE WHEN {month} AND birth_year BETWEEN 1 AND 9999 THEN make_date(birth_year, birth_month, 1) END"
    twice = known_repeat = "false"
    if _stand_twice(database, view, types):
        twice = "row_number() OVER (PARTITION BY person_id ORDER BY row_number) > 1"
        repeats = find_repeats(database, view, types)
        known_repeat = f"row_number IN (FROM {repeats})" if repeats else "false"
    sexes = _choose("gender", {str(concept): sex for concept, sex in OMOP_SEX.items()})
    races = _choose("race", {str(concept): group for concept, group in RACE_GROUPS.items()})
    groups = _choose(
        "upper(trim(category))", {quoted(code): group for code, group in ETHNIC_CATEGORY_GROUP.items()}, races
    )
    return database.execute(
        f"WITH typed AS (SELECT row_number, {fields}, {type_faults(PEOPLE, types)} AS fault FROM {view})"
        f" SELECT row_number, person_id, birth_year, birth_month, {sexes} AS sex, {groups} AS ethnicity,"
        f" {born} AS born, CASE WHEN fault IS NOT NULL THEN fault"
        f" WHEN {known_repeat} THEN {quoted(REPEATED)}"
        f" WHEN {twice} THEN 'the person_id stands in an earlier row'"
        f" WHEN birth_year NOT BETWEEN {EARLIEST_YEAR} AND {extracted_on.year}"
        f" THEN 'the year of birth is not between {EARLIEST_YEAR} and the extract'"
        f" WHEN NOT ({month}) THEN 'the month of birth is not 1 to 12'"
        f" WHEN {born} > DATE '{extracted_on}' THEN 'the birth lies after the extract' END AS reason"
        " FROM typed ORDER BY row_number"
    ).to_arrow_table()


def _stand_twice(database: duckdb.DuckDBPyConnection, view: str, types: Mapping[str, str]) -> bool:
    """Whether any person_id does: to ask is cheap, and to tell which rows do is not."""
    (person,) = (value_of(kept, types) for kept in PEOPLE.columns if kept.name == "person_id")
    found = database.execute(f"SELECT count(DISTINCT {person}) < count({person}) FROM {view}").fetchone()
    return bool(found and found[0])


def register_people(database: duckdb.DuckDBPyConnection, people: pa.Table, shards: int) -> None:
    """Make the table `people` (person_id, shard, born, died) of the rows kept so far and the table `deaths`."""
    kept = people.select(["person_id", "born"]).filter(pc.is_null(people["reason"]))
    shard = find_shards(kept["person_id"].to_numpy(), shards)
    database.register("kept_people", pa.table({"person_id": kept["person_id"], "shard": shard, "born": kept["born"]}))
    database.execute(
        "CREATE OR REPLACE TEMP TABLE people AS SELECT k.person_id, k.shard, k.born, d.died"
        " FROM kept_people k LEFT JOIN deaths d USING (person_id)"
    )
    database.unregister("kept_people")


def _set_aside(people: pa.Table, without_practice: pa.Array) -> pa.Table:
    """The people with a reason for each who is kept so far and has no practice."""
    lost = pc.and_(pc.is_null(people["reason"]), pc.is_in(people["person_id"], without_practice))
    reason = pc.if_else(lost, pa.scalar(WITHOUT_PRACTICE), people["reason"])
    return people.set_column(people.schema.get_field_index("reason"), "reason", reason)


def _choose(value: str, words: Mapping[str, str], otherwise: str = "'not_recorded'") -> str:
    assert set(words.values()) <= {*SEXES, *ETHNIC_GROUPS}
    cases = " ".join(f"WHEN {key} THEN {quoted(word)}" for key, word in words.items())
    return f"CASE {value} {cases} ELSE {otherwise} END"
