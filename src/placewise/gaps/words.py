"""The sentences of findings: no number stands in any of them, so that none tells a count."""

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
EXACT = {
    Side.BETTER: "Better than all practices together by more than chance alone explains (exact, without "
    "overdispersion), though no further than practices usually lie apart.",
    Side.WORSE: "Worse than all practices together by more than chance alone explains (exact, without "
    "overdispersion), though no further than practices usually lie apart.",
}
WIDENED = {
    Side.BETTER: "Better than all practices together by more than chance explains, and further than practices "
    "usually lie apart (with overdispersion).",
    Side.WORSE: "Worse than all practices together by more than chance explains, and further than practices "
    "usually lie apart (with overdispersion).",
}
