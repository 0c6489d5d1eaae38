"""The groups people are counted in. The order is the order in tables and charts.

Ethnic groups are the five of the Census 2021; categories are the NHS Data Dictionary's (ETHNIC CATEGORY), with "not
recorded" (codes Z, 99 and missing) a group of its own that is never spread over the others.
"""

SEXES = ("female", "male", "not_recorded")

OMOP_SEX = {8532: "female", 8507: "male"}

ETHNIC_GROUPS = ("asian", "black", "mixed", "other", "white", "not_recorded")

ETHNIC_CATEGORY_GROUP = {
    "A": "white", "B": "white", "C": "white",
    "D": "mixed", "E": "mixed", "F": "mixed", "G": "mixed",
    "H": "asian", "J": "asian", "K": "asian", "L": "asian", "R": "asian",
    "M": "black", "N": "black", "P": "black",
    "S": "other",
    "Z": "not_recorded", "99": "not_recorded",
}  # fmt: skip

AGE_BANDS = ("0-17", "18-24", "25-44", "45-64", "65-79", "80+")
AGE_BAND_STARTS = (0, 18, 25, 45, 65, 80)

LIFE_COURSE = ("children_and_young_people", "working_age", "older_people")
LIFE_COURSE_STARTS = (0, 25, 65)
"""Children and young people are 0 to 24: the only age limit that gives the partnership's own 770,000 of 2.4 million
(32.1%; residents aged 0-24 at mid-2020 were 771,503)."""

TITLES = {
    "all": "Everyone",
    "female": "Female", "male": "Male", "not_recorded": "Not recorded",
    "asian": "Asian or Asian British", "black": "Black or Black British", "mixed": "Mixed or multiple ethnic groups",
    "other": "Other ethnic group", "white": "White",
    "children_and_young_people": "Children and young people (0 to 24)", "working_age": "Working age (25 to 64)",
    "older_people": "Older people (65 and over)",
    "yes": "Yes", "no": "No",
    "deprivation_fifth": "Deprivation fifth (1 is most deprived)",
    "deprivation_decile": "Deprivation decile (1 is most deprived)",
    "age_band": "Age", "sex": "Sex", "ethnicity": "Ethnic group", "life_course": "Stage of life", "segment": "Segment",
}  # fmt: skip
