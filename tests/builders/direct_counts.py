"""Counts straight from synthetic records, in plain SQL and apart from the engine: the answers others must agree with.

Every query returns rows of (group, numerator, denominator) at the last day of the records' window.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from placewise.floor.vocabulary.code_lists import CodeList

TABLES = {
    "condition": ("condition_occurrence", "condition_concept_id", "condition_start_date"),
    "procedure": ("procedure_occurrence", "procedure_concept_id", "procedure_date"),
    "observation": ("observation", "observation_concept_id", "observation_date"),
}


CARER_ROUTES = ("carer_found_by_practice", "carer_found_by_inequalities_subgroup", "carer_found_by_impact_assessment")


class DirectCounts:
    """Records opened for counting. last_day: YYYY-MM-DD; for_planning: leave out whoever opted out of that."""

    def __init__(
        self, records: Path, code_lists: Mapping[str, CodeList], last_day: str, *, for_planning: bool = False
    ) -> None:
        self.code_lists = code_lists
        self.last_day = f"date '{last_day}'"
        self.database = duckdb.connect()
        for file in records.glob("*.parquet"):
            self.database.execute(f"create view {file.stem} as select * from '{file}'")
        opted_out = "select person_id from person join opt_out on person_source_value = nhs_number"
        self.database.execute(
            f"""
            create table registered as
            with here as {self._where("registration", "care_site_id")},
                 home as {self._where("residence", "location_id")}
            select person_id, care_site_source_value as practice, place, gender_concept_id as sex,
                   deprivation_decile as decile, race_source_value as ethnicity,
                   date_diff('month', make_date(year_of_birth, month_of_birth, 1), {self.last_day}) // 12 as age
            from here join care_site using (care_site_id) join person using (person_id)
                 left join home using (person_id) left join location on home.location_id = location.location_id
                 left join small_areas on small_area = location_source_value
            where person_id not in (select person_id from death where death_date <= {self.last_day})
              and {f"person_id not in ({opted_out})" if for_planning else "true"}
            """
        )

    def _where(self, table: str, unit: str) -> str:
        """Where each person was on the last day, that day included: of two, the one they came to last."""
        return f"""(select person_id, arg_max({unit}, {table}_start_date) as {unit} from {table}
                    where {table}_start_date <= {self.last_day}
                      and coalesce({table}_end_date, date '9999-01-01') >= {self.last_day} group by person_id)"""

    def rows(self, query: str) -> list[tuple]:
        return self.database.sql(query).fetchall()

    def concepts(self, code_list: str) -> str:
        return "(" + ", ".join(map(str, self.code_lists[code_list].concept_ids)) + ")"

    def ever(self, code_list: str) -> str:
        """A query of the people with a code of the list, and the latest day of it."""
        table, concept, day = TABLES[self.code_lists[code_list].domain]
        return f"""(select person_id, max({day}) as day from {table} where {concept} in {self.concepts(code_list)}
                    and {day} <= {self.last_day} group by person_id)"""

    def on_register(self, code_list: str, resolved_by: str) -> str:
        return f"""(
            select has.person_id from {self.ever(code_list)} has left join {self.ever(resolved_by)} resolved
                on has.person_id = resolved.person_id and resolved.day > has.day
            where resolved.person_id is null)"""

    def anticoagulated(self, group: str) -> list[tuple]:
        """People with atrial fibrillation, a score of two or more and no valve disease; who took an anticoagulant."""
        return self.rows(
            f"""
            with score as (
                select person_id, arg_max(value_as_number, measurement_date) as score from measurement
                where measurement_concept_id in {self.concepts("cha2ds2vasc")} and measurement_date <= {self.last_day}
                group by person_id)
            select {group}, count(*) filter (person_id in (
                       select person_id from drug_exposure where drug_concept_id in {self.concepts("anticoagulants")}
                       and drug_exposure_start_date <= {self.last_day}
                       and drug_exposure_start_date + interval 6 month > {self.last_day})), count(*)
            from registered join score using (person_id)
            where score >= 2 and person_id in {self.on_register("af_codes", "af_resolved_codes")}
              and person_id not in (
                  select person_id from {self.ever("mechanical_valve_or_mitral_stenosis_codes")})
            group by all order by all"""
        )

    def scored(self, group: str) -> list[tuple]:
        return self.rows(
            f"""
            select {group}, count(*) filter (person_id in (select person_id from measurement
                       where measurement_concept_id in {self.concepts("cha2ds2vasc")}
                       and measurement_date <= {self.last_day})), count(*)
            from registered where person_id in {self.on_register("af_codes", "af_resolved_codes")}
              and person_id not in (
                  select person_id from {self.ever("mechanical_valve_or_mitral_stenosis_codes")})
            group by all order by all"""
        )

    def controlled(self, group: str, until: str | None = None, among_measured: bool = False) -> list[tuple]:
        """People with hypertension whose last reading in twelve months is at target for their age."""
        until = f"date '{until}'" if until else self.last_day
        home = f"measurement_concept_id in {self.concepts('home_systolic')}"
        home_diastolic = f"measurement_concept_id in {self.concepts('home_diastolic')}"
        return self.rows(
            f"""
            with measured as (
                select * from measurement join registered using (person_id)
                where measurement_date <= {until} and measurement_date + interval 12 month > {until}),
            systolic as (
                select person_id, measurement_date as day, {home} as home,
                       bool_or(value_as_number <= if(age < 80, 140, 150) - if({home}, 5, 0)) as low from measured
                where {home} or measurement_concept_id in {self.concepts("systolic")} group by all),
            diastolic as (
                select person_id, measurement_date as day, {home_diastolic} as home,
                       bool_or(value_as_number <= if({home_diastolic}, 85, 90)) as low from measured
                where {home_diastolic} or measurement_concept_id in {self.concepts("diastolic")} group by all),
            of_a_day as (
                select person_id, day, bool_or(systolic.low and diastolic.low) as controlled
                from systolic join diastolic using (person_id, day, home) group by all),
            latest as (select person_id, arg_max(controlled, day) as controlled from of_a_day group by person_id)
            select {group}, count(*) filter (controlled), count(*)
            from registered {"" if among_measured else "left"} join latest using (person_id)
            where person_id in {self.on_register("hypertension_codes", "hypertension_resolved_codes")}
            group by all order by all"""
        )

    def checked(self, group: str, code_list: str = "learning_disability_check_done") -> list[tuple]:
        """People with a learning disability aged 14 and over; who had the check, or another step of it, this financial
        year."""
        year = f"make_date(year({self.last_day} - interval 3 month), 4, 1)"
        return self.rows(
            f"""
            select {group}, count(*) filter (
                       person_id in (select person_id from {self.ever(code_list)} where day >= {year})), count(*)
            from registered
            where age >= 14 and person_id in (select person_id from {self.ever("learning_disability_codes")})
            group by all order by all"""
        )

    def carers(self) -> str:
        """A query of the known carers: by a code that says so, or by one that says how they were found."""
        names = ("carer_codes", *CARER_ROUTES)
        return "(" + " union ".join(self.on_register(name, "no_longer_carer_codes")[1:-1] for name in names) + ")"

    def supported(self, group: str) -> list[tuple]:
        """Known carers; who were offered support in the last twelve months."""
        return self.rows(
            f"""
            select {group}, count(*) filter (person_id in (
                       select person_id from {self.ever("carer_support_offered")}
                       where day + interval 12 month > {self.last_day})), count(*)
            from registered where person_id in {self.carers()}
            group by all order by all"""
        )
