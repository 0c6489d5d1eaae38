"""An invented extract of referral to treatment waiting times, in the columns of NHS England's full extract.

A row for each trust, commissioner and treatment function with somebody waiting (Part_2, incomplete pathways), and one
for each trust and commissioner with the total of the others (C_999).
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.synthetic.published.margins import WaitingMargins, WaitsAtTrust, WaitsForSpecialty
from placewise.synthetic.subset import share_out

WEEKS = [f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(104)] + ["Gt 104 Weeks SUM 1"]
ALL_FUNCTIONS, ALL_FUNCTIONS_NAME = "C_999", "Total"

_LASTS = ((0, 18, 40.0), (18, 52, 12.0), (52, 105, 10.0))
"""First week, the week after the last, and the weeks in which the number still waiting falls to 37 in 100."""
_SPECIALTY_SPREAD = 0.3
"""Standard deviation of the logarithm of how much larger or smaller than expected a trust's specialty is."""

Floats = npt.NDArray[np.float64]


def build_extract(
    margins: WaitingMargins, hierarchy: Hierarchy, scale: float, month: date, rng: np.random.Generator
) -> pa.Table:
    """The extract of one month. scale: the people of the system as a share of those the margins are about."""
    pairs, specialties = margins.commissioners, margins.specialties
    trust_of = np.array([[each.trust for each in margins.trusts].index(pair.trust) for pair in pairs])
    expected = np.array([each.waiting for each in pairs], np.float64)
    waiting = share_out(round(expected.sum() * scale), expected)

    sizes = np.array([each.waiting for each in specialties], np.float64)
    sizes = sizes * rng.lognormal(sigma=_SPECIALTY_SPREAD, size=(len(margins.trusts), len(specialties)))
    by_specialty = rng.multinomial(waiting, (sizes / sizes.sum(axis=1, keepdims=True))[trust_of])
    by_week = rng.multinomial(by_specialty, _find_week_shares(margins.trusts, specialties, sizes)[trust_of])
    counts = np.concatenate([by_week, by_week.sum(axis=1, keepdims=True)], axis=1)  # the total of each pair comes last

    pair, function = np.nonzero(counts.sum(axis=2))
    counts = counts[pair, function]
    names = [hierarchy.organisations[each.trust].name for each in pairs]
    said = {
        "Period": f"RTT-{month:%B-%Y}",
        "Provider Parent Org Code": "",
        "Provider Parent Name": "",
        "Provider Org Code": _take([each.trust for each in pairs], pair),
        "Provider Org Name": _take(names, pair),
        "Commissioner Parent Org Code": _take([each.parent for each in pairs], pair),
        "Commissioner Parent Name": _take([each.parent_name for each in pairs], pair),
        "Commissioner Org Code": _take([each.commissioner for each in pairs], pair),
        "Commissioner Org Name": _take([each.commissioner_name for each in pairs], pair),
        "RTT Part Type": "Part_2",
        "RTT Part Description": "Incomplete Pathways",
        "Treatment Function Code": _take([*(each.specialty for each in specialties), ALL_FUNCTIONS], function),
        "Treatment Function Name": _take([*(each.name for each in specialties), ALL_FUNCTIONS_NAME], function),
    }
    columns = {
        name: pa.repeat(words, len(pair)) if isinstance(words, str) else words for name, words in said.items()
    } | {week: pa.array(counts[:, number]) for number, week in enumerate(WEEKS)}
    empty = pa.nulls(len(pair), pa.int64())
    total = pa.array(counts.sum(axis=1))
    return pa.table({**columns, "Total": empty, "Patients with unknown clock start date": empty, "Total All": total})


def _find_week_shares(
    trusts: Sequence[WaitsAtTrust], specialties: Sequence[WaitsForSpecialty], sizes: Floats
) -> Floats:
    """Trust x specialty x week: of those waiting, the share that has waited so long.

    A trust's odds and a specialty's odds against all specialties multiply, so that each trust keeps about its own
    share and the slow specialties are slow everywhere. sizes: trust x specialty, how many wait.
    """

    def find_shares(at: Floats, of: Floats) -> Floats:
        usual = _odds(np.average(of, weights=sizes.sum(axis=0), keepdims=True))
        odds = np.outer(_odds(at), _odds(of) / np.maximum(usual, np.finfo(float).tiny))
        return odds / (1 + odds)

    within = find_shares(
        np.array([each.within_18_weeks for each in trusts]), np.array([each.within_18_weeks for each in specialties])
    )
    over = find_shares(
        np.array([each.over_52_weeks for each in trusts]), np.array([each.over_52_weeks for each in specialties])
    )
    over = np.minimum(over, 1 - within)
    shares = np.zeros((*within.shape, len(WEEKS)))
    for (first, end, lasts), share in zip(_LASTS, (within, np.maximum(1 - within - over, 0), over), strict=True):
        falling = np.exp(-np.arange(end - first) / lasts)
        shares[..., first:end] = share[..., None] * falling / falling.sum()
    return shares


def _odds(share: Floats) -> Floats:
    """Shares of one are taken as very nearly so."""
    share = np.minimum(share, 1 - 1e-9)
    return share / (1 - share)


def _take(words: Sequence[str], rows: npt.NDArray[np.intp]) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(rows))
