"""Every question reads as English, and so does its denial."""

from typing import get_args

import pytest

from builders.asked import read_question
from placewise.floor.language.describe import deny, describe
from placewise.floor.language.names import iter_nodes
from placewise.floor.language.nodes import Node, Nth

TITLES = {"af_codes": "AF", "af_resolved_codes": "AF resolved", "stroke_codes": "stroke", "anticoagulants": "warfarin"}
TOLD = [
    ("{has: af_codes}", "has a record of “AF”", "has no record of “AF”"),
    (
        "{has: af_codes, within: 1 year}",
        "has a record of “AF” in the last 12 months",
        "has no record of “AF” in the last 12 months",
    ),
    (
        "{has: af_codes, within: financial year}",
        "has a record of “AF” in the financial year so far",
        "has no record of “AF” in the financial year so far",
    ),
    (
        "{has: af_codes, not_resolved_by: af_resolved_codes}",
        "has a record of “AF”, no later “AF resolved”",
        "has no record of “AF”, no later “AF resolved”",
    ),
    (
        "{resolved: af_codes, by: af_resolved_codes}",
        "has had “AF” resolved by a later “AF resolved”",
        "has not had “AF” resolved by a later “AF resolved”",
    ),
    (
        "{has: af_codes, after: {first: stroke_codes}, near: 28 days, within: 1 year}",
        "has a record of “AF” in the last 12 months, on or after the day of the first “stroke”, within 28 days of it",
        "has no record of “AF” in the last 12 months, on or after the day of the first “stroke”, within 28 days of it",
    ),
    (
        "{has: af_codes, before: {latest: stroke_codes}, near: financial year}",
        "has a record of “AF”, before the day of the latest “stroke”, in the same financial year",
        "has no record of “AF”, before the day of the latest “stroke”, in the same financial year",
    ),
    (
        "{has: af_codes, after: {nth: 2, of: stroke_codes}, before: {nth: 11, of: stroke_codes}}",
        "has a record of “AF”, on or after the day of the second “stroke”, and before the day of the 11th “stroke”",
        "has no record of “AF”, on or after the day of the second “stroke”, and before the day of the 11th “stroke”",
    ),
    ("{latest: systolic}", "has a reading of “systolic”", "has no reading of “systolic”"),
    (
        '{latest: systolic, value: "< 140", within: 6 months}',
        "has as latest reading in the last 6 months “systolic” under 140",
        "does not have as latest reading in the last 6 months “systolic” under 140",
    ),
    (
        '{value: systolic, is: "> 180", within: 90 days}',
        "has any reading in the last 90 days of “systolic”, over 180",
        "has no reading in the last 90 days of “systolic”, over 180",
    ),
    ("{value: systolic, is: recorded}", "has any reading of “systolic”", "has no reading of “systolic”"),
    (
        "{first: af_codes, within: 1 year}",
        "had the first record ever of “AF” in the last 12 months",
        "did not have the first record ever of “AF” in the last 12 months",
    ),
    ("{nth: 22, of: af_codes}", "had the 22nd record ever of “AF”", "did not have the 22nd record ever of “AF”"),
    (
        '{earliest: systolic, value: "45 to 64"}',
        "had the first reading ever of “systolic”, 45 to 64",
        "did not have the first reading ever of “systolic”, 45 to 64",
    ),
    (
        "{earliest: af_codes, among: [af_codes, stroke_codes]}",
        "was first recorded by “AF”, before “stroke”",
        "was not first recorded by “AF”, before “stroke”",
    ),
    ("{on_medicine: anticoagulants}", "takes “warfarin”", "does not take “warfarin”"),
    (
        "{on_medicine: anticoagulants, within: 6 months}",
        "was issued “warfarin” in the last 6 months",
        "was not issued “warfarin” in the last 6 months",
    ),
    (
        "{on_medicine: anticoagulants, supply: carried over, grace: 1 day}",
        "takes “warfarin”, early supplies carried over, with 1 day of grace after each supply",
        "does not take “warfarin”, early supplies carried over, with 1 day of grace after each supply",
    ),
    (
        "{count: af_codes, at_least: 3, within: 2 days}",
        "has a record of “AF” on 3 or more days in the last 2 days",
        "has a record of “AF” on fewer than 3 days in the last 2 days",
    ),
    ('{age: "45 to 64"}', "is aged 45 to 64", "is not aged 45 to 64"),
    ("{sex: not_recorded}", "is recorded as not recorded", "is not recorded as not recorded"),
    ("{in: stroke_codes}", "is on the register “stroke”", "is not on the register “stroke”"),
    ("alive", "is alive", "is not alive"),
    ("registered", "is alive and registered with a practice", "not (is alive and registered with a practice)"),
    (
        "{all: [{has: af_codes}, {any: [alive, {sex: male}]}]}",
        "has a record of “AF” and (is alive or is recorded as male)",
        "not (has a record of “AF” and (is alive or is recorded as male))",
    ),
    ("{not: {has: af_codes}}", "has no record of “AF”", "has a record of “AF”"),
    (
        "{began: {has: af_codes}, since: 1 month}",
        "is now, unlike 1 month before, someone who has a record of “AF”",
        "is not now, unlike 1 month before, someone who has a record of “AF”",
    ),
    (
        "{ended: {has: af_codes}, since: 1 year}",
        "is now, unlike 12 months before, someone who has no record of “AF”",
        "is not now, unlike 12 months before, someone who has no record of “AF”",
    ),
]


@pytest.mark.parametrize(("written", "told", "denied"), TOLD)
def test_a_question_and_its_denial_read_as_english(written: str, told: str, denied: str) -> None:
    node = read_question(written, {"stroke_codes"})
    assert describe(node, TITLES) == told
    assert deny(node, TITLES) == denied


def test_every_kind_of_question_is_told() -> None:
    asked = {type(each) for written, _, _ in TOLD for each in iter_nodes(read_question(written, {"stroke_codes"}))}
    assert asked == set(get_args(Node))


def test_numbers_in_order_are_written_as_people_write_them() -> None:
    numbers = (1, 10, 11, 12, 13, 21, 22, 23, 24, 101, 111)
    told = [describe(Nth("af_codes", n)).split()[2] for n in numbers]
    assert " ".join(told) == "first tenth 11th 12th 13th 21st 22nd 23rd 24th 101st 111th"
