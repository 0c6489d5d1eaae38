"""A deployment's disclosure rule: it may be stricter than the built-in floor, never looser."""

from dataclasses import dataclass

FLOOR_SUPPRESS_BELOW = 8
FLOOR_ROUND_TO = 5


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """Counts of 1 to suppress_below - 1 are hidden; the others are rounded to the nearest round_to; zero stays zero.

    Raises ValueError if looser than the floor (the scheme of HES sub-national tables since September 2018).
    """

    suppress_below: int = FLOOR_SUPPRESS_BELOW
    round_to: int = FLOOR_ROUND_TO

    def __post_init__(self) -> None:
        if self.suppress_below < FLOOR_SUPPRESS_BELOW or self.round_to < FLOOR_ROUND_TO:
            raise ValueError(
                f"the disclosure rule is looser than the floor (suppress below {FLOOR_SUPPRESS_BELOW}, "
                f"round to {FLOOR_ROUND_TO})"
            )
