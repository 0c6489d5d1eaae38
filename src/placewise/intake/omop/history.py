"""Where people were registered and lived, for a source that does not say: assumed, and marked so.

OMOP holds one current practice and address. A source without the registration table therefore gets it from each
person's care site and observation periods; one without residence from the person's location. A source that declares no
practices registers everybody at "practice not recorded", for as long as it observed them.
"""

from datetime import date

from placewise.intake.contract import PRACTICE_NOT_RECORDED
from placewise.intake.omop.rows import build_checked
from placewise.intake.omop.source import Types
from placewise.intake.omop.tables import PERIODS


def build_registration(types: Types, extracted_on: date, declares_practices: bool) -> str:
    """SQL of person_id, practice, start_date, end_date: one row an observation period."""
    if "observation_period" not in types:
        return _NOBODY.format(unit="practice")
    checked = build_checked(PERIODS, "raw_observation_period", types["observation_period"], extracted_on)
    practice, join = f"'{PRACTICE_NOT_RECORDED}'", ""
    if declares_practices:
        if "care_site_id" not in types["person"] or "care_site" not in types:
            return _NOBODY.format(unit="practice")
        practice = "c.care_site_source_value"
        join = (
            "JOIN raw_person p ON TRY_CAST(p.person_id AS BIGINT) = o.person_id"
            " JOIN raw_care_site c ON TRY_CAST(c.care_site_id AS BIGINT) = TRY_CAST(p.care_site_id AS BIGINT)"
            " AND c.care_site_source_value IS NOT NULL"
        )
    return (
        f"SELECT o.person_id, {practice} AS practice, o.start_date,"
        f" CASE WHEN o.end_date < DATE '{extracted_on}' THEN o.end_date END AS end_date"
        f" FROM (FROM ({checked}) WHERE reason IS NULL) o {join}"
    )


def build_residence(types: Types) -> str:
    """SQL of person_id, small_area, start_date, end_date: the one address a person has, from birth on."""
    if "location_id" not in types["person"] or "location" not in types or "small_areas" not in types:
        return _NOBODY.format(unit="small_area")
    return (
        "SELECT k.person_id, a.small_area, k.born AS start_date, CAST(NULL AS DATE) AS end_date FROM people k"
        " JOIN raw_person p ON TRY_CAST(p.person_id AS BIGINT) = k.person_id"
        " JOIN raw_location l ON TRY_CAST(l.location_id AS BIGINT) = TRY_CAST(p.location_id AS BIGINT)"
        " JOIN raw_small_areas a ON a.small_area = l.location_source_value"
    )


_NOBODY = (
    "SELECT CAST(0 AS BIGINT) AS person_id, '' AS {unit}, CAST(NULL AS DATE) AS start_date,"
    " CAST(NULL AS DATE) AS end_date WHERE false"
)
