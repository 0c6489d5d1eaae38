"""Mistakes

What is told of a question written with a mistake, beside the file and the line. All mistakes of all files are told at
once.
"""

import pytest
from yaml import load

from builders.asked import code_lists
from builders.spec import Refused
from placewise.floor.language.notation import QuestionReader
from placewise.floor.yaml_values import Values

PERIOD = "write it like `12 months`, `90 days`, `5 years` or `financial year`"
COMPARISON = "write it like `>= 2`, `< 80`, `45 to 64` or `recorded`"
ANCHOR = "write it like {first: CODES}, {latest: CODES} or {nth: 2, of: CODES}"

REFUSED = (
    Refused(
        "dead",
        "",
        "this is no question",
        "write registered or alive, or keys such as {has: CODES}",
    ),
    Refused("{hass: af_codes}", "", "`hass` asks nothing", "did you mean `has`"),
    Refused("{has: af_codes, in: af}", "", "`has` and `in` are two questions in one", "put them under `all` or `any`"),
    Refused("{has: af_codes, witin: 1 year}", "witin", "`witin` is not a key here", "did you mean `within`"),
    Refused("{sex: female, within: 1 year}", "within", "`within` is not a key here", "use one of sex"),
    Refused("{has: af_code}", "has", "there is no code list `af_code`", "did you mean `af_codes`"),
    Refused("{has: [af_codes]}", "has", "there is no code list `['af_codes']`", "did you mean `af_codes`"),
    Refused("{in: fa}", "", "there is no register `fa`", "use one of af"),
    Refused("{has: af_codes, within: 6 moons}", "within", "`6 moons` is not a period", PERIOD),
    Refused("{has: af_codes, within: 0 days}", "within", "0 days is no period", "write 1 to 36525"),
    Refused("{has: af_codes, within: 101 years}", "within", "1212 months is no period", "write 1 to 1200"),
    Refused(
        "{latest: af_codes}",
        "latest",
        "`af_codes` holds condition codes",
        "name a list of measurement or observation codes",
    ),
    Refused('{latest: systolic, value: "about 140"}', "value", "`about 140` is not a comparison", COMPARISON),
    Refused(
        '{latest: {systolic: "<= 140"}, value: "> 1"}', "", "each value has its comparison already", "remove `value`"
    ),
    Refused(
        "{latest: systolic, or: home_systolic}",
        "or",
        "`or` is no group of keys",
        'write it like {systolic: "<= 140", diastolic: "<= 90"}',
    ),
    Refused("{value: systolic}", "", "what is asked of the value is not told", "add `is` with a comparison"),
    Refused(
        "{value: anticoagulants, is: recorded}",
        "value",
        "`anticoagulants` holds drug codes",
        "name a list of measurement or observation codes",
    ),
    Refused('{value: systolic, is: "9 to 1"}', "is", "`9 to 1` holds for nothing", "put the smaller number first"),
    Refused("{resolved: af_codes}", "", "what resolves it is not told", "add `by` with a code list"),
    Refused("{nth: 2}", "", "whose events are numbered is not told", "add `of` with a code list"),
    Refused("{nth: 0, of: af_codes}", "", "there is no event number 0", "write 1 for the first, up to 10000"),
    Refused(
        "{nth: 99999999999999999999, of: af_codes}",
        "",
        "there is no event number 99999999999999999999",
        "write 1 for the first, up to 10000",
    ),
    Refused(
        "{nth: second, of: af_codes}",
        "nth",
        "the number of an event is a whole number",
        "write it like {nth: 2, of: CODES}",
    ),
    Refused(
        "{nth: 2, of: af_codes, value: recorded}",
        "of",
        "`af_codes` holds condition codes",
        "name a list of measurement or observation codes",
    ),
    Refused(
        "{earliest: systolic}",
        "",
        "the earliest of what is not told",
        "add either `value`, or `among` with a list of code lists",
    ),
    Refused(
        "{earliest: af_codes, among: [af_codes, stroke_codes], within: 1 year}",
        "",
        "the list that a person is first of stays the first for ever",
        "remove `within`",
    ),
    Refused(
        "{earliest: af_codes, among: [af_codes]}",
        "",
        "`af_codes` is first among nothing",
        "name it and at least one other list in `among`",
    ),
    Refused("{has: af_codes, near: 2 days}", "", "the event is in order with nothing", "give `after` or `before`"),
    Refused("{has: af_codes, after: stroke_codes}", "after", "`after` is no group of keys", ANCHOR),
    Refused("{has: af_codes, after: {third: stroke_codes}}", "after", "`after` names no event", ANCHOR),
    Refused(
        "{has: af_codes, after: {first: stroke_code}}",
        "after.first",
        "there is no code list `stroke_code`",
        "did you mean `stroke_codes`",
    ),
    Refused(
        "{has: af_codes, before: {nth: 0, of: stroke_codes}}",
        "",
        "there is no event number 0",
        "write 1 for the first, up to 10000",
    ),
    Refused(
        "{has: af_codes, after: {first: stroke_codes, of: af_codes}}",
        "after.of",
        "`of` is not a key here",
        "use one of first",
    ),
    Refused(
        "{has: af_codes, after: {latest: stroke_codes}, before: {nth: 2, of: cancer_codes}}",
        "",
        "between two events, both must be fixed",
        "name the first or the nth, not the latest",
    ),
    Refused(
        "{has: af_codes, after: {first: stroke_codes}, not_resolved_by: af_resolved_codes}",
        "",
        "an event in order with another is not resolved",
        "ask the two under `all`",
    ),
    Refused("{on_medicine: af_codes}", "on_medicine", "`af_codes` holds condition codes", "name a list of drug codes"),
    Refused(
        "{on_medicine: anticoagulants, grace: 1 month}",
        "grace",
        "`1 month` is no number of days",
        "write it like `28 days`",
    ),
    Refused(
        "{on_medicine: anticoagulants, supply: plenty}",
        "supply",
        "`plenty` is no supply",
        "write carried over or leave it out",
    ),
    Refused(
        "{on_medicine: anticoagulants, within: 6 months, grace: 28 days}",
        "",
        "a period runs from the issue, whatever was supplied",
        "give `within` or the supply's rules",
    ),
    Refused("{count: af_codes}", "", "how many are needed is not told", "add `at_least` with a whole number"),
    Refused("{count: af_codes, at_least: 0}", "", "a count of at least 0 asks nothing", "write 1 to 10000"),
    Refused("{age: recorded}", "", "an age is compared with a number of years", "write it like `>= 14` or `45 to 64`"),
    Refused("{sex: woman}", "", "`woman` is not recorded as a sex", "write one of female, male, not_recorded"),
    Refused("{all: {has: af_codes}}", "", "`all` is not a list of questions", "start each with a dash"),
    Refused("{any: []}", "", "`any` of nothing asks nothing", "list at least one question"),
    Refused("{began: registered}", "", "since when is not told", "add `since` with a number of months"),
    Refused(
        "{ended: registered, since: 90 days}",
        "since",
        "`90 days` is no number of months",
        "write it like `12 months` or `5 years`",
    ),
    Refused(
        "{began: {has: af_code}, since: 1 year}",
        "began.has",
        "there is no code list `af_code`",
        "did you mean `af_codes`",
    ),
)


@pytest.mark.parametrize("refused", REFUSED, ids=[each.written for each in REFUSED])
def test_a_mistake_is_told_where_it_stands(refused: Refused) -> None:
    reader = QuestionReader(code_lists(), {"af"})
    assert reader.read(load(refused.written, Values)) is None
    at = tuple(refused.at.split(".")) if refused.at else ()
    assert reader.mistakes == [(at, refused.fault, refused.remedy)]


def test_all_mistakes_of_a_question_are_told_at_once() -> None:
    reader = QuestionReader(code_lists(), ())
    question = "{all: [{has: af_code, within: 1 moon}, {began: {value: systolic, is: high}, since: 1 day}]}"
    assert reader.read(load(question, Values), ("measures", "m", "of")) is None
    assert [keys for keys, _, _ in reader.mistakes] == [
        ("measures", "m", "of", "all", 0, "has"),
        ("measures", "m", "of", "all", 0, "within"),
        ("measures", "m", "of", "all", 1, "since"),
        ("measures", "m", "of", "all", 1, "began", "is"),
    ]
