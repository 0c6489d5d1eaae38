"""How to speak of published figures: in a synthetic system they are invented, and every mention of them says so."""

from dataclasses import dataclass

SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class PublishedWords:
    figures: str
    statistics: str
    as_released: str  # of one figure
    as_all_released: str  # of several publishers'


OFFICIAL = PublishedWords(
    figures="official figures",
    statistics="official statistics",
    as_released="shown as its publisher released it",
    as_all_released="as their publishers released them",
)
INVENTED = PublishedWords(
    figures="invented published figures",
    statistics="invented statistics",
    as_released="invented, in the form in which its publisher would release it",
    as_all_released="invented, in the form in which their publishers would release them",
)


def published_words(mode: str) -> PublishedWords:
    """mode: a release's. Published and live releases hold only what a publisher released."""
    return INVENTED if mode == SYNTHETIC else OFFICIAL
