"""all, any, not, in

Questions put together, month by month, and questions that a programme has given a name: its registers.
"""

from builders.spec import Asked, Case, each_case

REGISTERS = {"af": "{has: af_codes}", "older": '{all: [{age: ">= 74"}, {in: af}]}'}
TWO = "af_codes 2024-03-05\nhypertension_codes 2024-06-05"

ASKED = (
    Asked("{all: [{has: af_codes}, {has: hypertension_codes}]}", (Case("Both", TWO, "2024-06 to 2024-12"),)),
    Asked("{any: [{has: af_codes}, {has: hypertension_codes}]}", (Case("Either", TWO, "2024-03 to 2024-12"),)),
    Asked("{not: {has: af_codes}}", (Case("What does not hold", TWO, "2024-01 to 2024-02"),)),
    Asked(
        "{not: {any: [{has: af_codes}, {not: {has: hypertension_codes}}]}}",
        (
            Case("Inside each other", "hypertension_codes 2024-03-05\naf_codes 2024-06-05", "2024-03 to 2024-05"),
            Case("Two lists on one day", "hypertension_codes 2024-03-05\naf_codes 2024-03-05", "never"),
        ),
    ),
    Asked("{in: af}", (Case("A register", "af_codes 2024-02-01", "2024-02 to 2024-12"),), REGISTERS),
    Asked(
        "{in: older}",
        (Case("A register that rests on another", "af_codes 2024-02-01", "2024-03 to 2024-12"),),
        REGISTERS,
    ),
)


@each_case(ASKED)
def test_operators(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
