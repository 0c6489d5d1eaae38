"""The sentences of findings: no number stands in any of them, so that none tells a count."""

from dataclasses import dataclass

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.residence import MIDDLE_AREA, SMALL_AREA
from placewise.gaps.contract import Side, Verdict

CHANGE = {
    Verdict.IMPROVED: "Better than in the same month a year before, by more than chance explains.",
    Verdict.SUSTAINED: "Better in the last two years than in the two before, and kept for a year.",
    Verdict.DETERIORATED: "Worse than in the years before, by more than chance explains.",
    Verdict.NOT_YET_KNOWN: "No change can be told from chance yet.",
}
UNMEASURED = "Fewer were measured than a year before, so no change of the figure is known."
FALLING = "Fewer were measured than a year before: nothing here may be read as better or as worse."
FASTEST = "Improved in the last two years by more than its level together, beyond what chance explains."
JUMP = {
    Side.BETTER: "Rose towards the better within this month, beyond what such a month usually brings.",
    Side.WORSE: "Turned to the worse within this month, beyond what such a month usually brings.",
}
INEQUALITY = {
    Side.WORSE: "People of the more deprived fifths fare worse than the others, by more than chance explains.",
    Side.BETTER: "People of the more deprived fifths fare better than the others, by more than chance explains.",
}
CASE_MIX = {
    side: f"{word} than is expected of people of the same age, sex and deprivation, by more than chance explains: not "
    "warranted by whom the practice looks after, as far as these tell."
    for side, word in ((Side.BETTER, "Better"), (Side.WORSE, "Worse"))
}
VARIATION = {
    Side.WARRANTED: "Practices differ by more than chance explains, and most of it by the age, sex and deprivation of "
    "whom they look after: it is warranted, as far as these tell.",
    Side.UNWARRANTED: "Practices differ by more than chance explains, and the age, sex and deprivation of whom they "
    "look after explain less than half of it: the rest is not warranted, as far as these tell.",
}
CLUSTER = (
    "In the last months more people who live here were put on the register than the area's and the system's other "
    "months explain."
)
CLUSTER_TOGETHER = (
    "In the last months more people who live here and in areas beside it were put on the register than the other "
    "months of these areas and of the system explain."
)


@dataclass(frozen=True, slots=True)
class OutlierWords:
    """What is said where only chance is allowed for, and where it is also how areas usually lie apart."""

    exact: dict[Side, str]
    widened: dict[Side, str]


def _tell_outliers(who: str) -> OutlierWords:
    sides = {Side.BETTER: "Better", Side.WORSE: "Worse"}
    return OutlierWords(
        exact={
            side: f"{word} than all {who} together by more than chance alone explains (exact, without overdispersion), "
            f"though no further than {who} usually lie apart."
            for side, word in sides.items()
        },
        widened={
            side: f"{word} than all {who} together by more than chance explains, and further than {who} usually lie "
            "apart (with overdispersion)."
            for side, word in sides.items()
        },
    )


OUTLIER = {
    PRACTICE: _tell_outliers("practices"),
    MIDDLE_AREA: _tell_outliers("middle areas"),
    SMALL_AREA: _tell_outliers("small areas"),
}
