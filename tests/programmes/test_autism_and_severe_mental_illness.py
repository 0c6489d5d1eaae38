"""The register of severe mental illness."""

from builders.invented_people import answer

MIND = """
    Ana | 1980-01 female | severe_mental_illness_codes 2010-01-01
    Bo  | 1980-01 male   | severe_mental_illness_codes 2010-01-01, severe_mental_illness_remission_codes 2020-01-01
    Cal | 1980-01 male   | severe_mental_illness_codes 2010-01-01, severe_mental_illness_remission_codes 2020-01-01, severe_mental_illness_codes 2025-01-01
    Deb | 1980-01 female | severe_mental_illness_remission_codes 2020-01-01
    Ewa | 1980-01 female | severe_mental_illness_codes 2010-01-01, joins 2026-07-01
    Flo | 1980-01 female |
"""  # noqa: E501


def test_severe_mental_illness_leaves_out_remission() -> None:
    june = answer("severe_mental_illness", MIND)
    assert june.counted("severe_mental_illness_prevalence") == "Ana Cal"
    assert june.missed("severe_mental_illness_prevalence") == "Bo Deb Flo"
