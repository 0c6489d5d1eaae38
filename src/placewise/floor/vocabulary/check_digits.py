"""Whether a code can be one of its vocabulary's at all: its last digit checks the rest, so typing mistakes show.

SNOMED CT and dm+d identifiers end in a Verhoeff digit (SNOMED CT Release File Specification, section 5.2), LOINC codes
in a digit of the Luhn formula (LOINC Users' Guide, appendix on the check digit). Other vocabularies have none.
"""

from collections.abc import Callable

_PRODUCT = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
"""The multiplication of the dihedral group of ten elements."""
_PERMUTATION = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_SHORTEST, _LONGEST = 6, 18
"""Digits of a SNOMED CT identifier."""


def is_possible_code(vocabulary: str, code: str) -> bool:
    """False where the code's own check digit, or its form, says that the vocabulary cannot have it."""
    check = _CHECKS.get(vocabulary)
    return check is None or (code.isascii() and check(code))


def _is_snomed_identifier(code: str) -> bool:
    if not (code.isdecimal() and _SHORTEST <= len(code) <= _LONGEST):
        return False
    found = 0
    for place, digit in enumerate(reversed(code)):
        found = int(_PRODUCT[found][int(_PERMUTATION[place % 8][int(digit)])])
    return found == 0


def _is_loinc_code(code: str) -> bool:
    stem, dash, check = code.partition("-")
    if not (stem.isdecimal() and dash and len(check) == 1 and check.isdecimal()):
        return False
    digits = [int(digit) for digit in reversed(stem + check)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


_CHECKS: dict[str, Callable[[str], bool]] = {
    "SNOMED": _is_snomed_identifier,
    "dm+d": _is_snomed_identifier,
    "LOINC": _is_loinc_code,
}
