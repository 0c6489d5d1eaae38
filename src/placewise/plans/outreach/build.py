"""Choose the sites that raise the uptake of the group with the lowest most, beside the choice that is simplest.

An area's people come to the one open site that most of them would come to. Nobody at a site is chosen by their group:
what is decided is where to go. Fewer people may be reached in all than by the simplest choice; both are shown.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array, csr_array, hstack

from placewise.plans.outreach.contract import Choice, Floats, Need, OutreachPlan, Sites

MOST_NODES = 5_000
"""Work is bounded by what is tried and never by a clock, so that the same question has the same answer anywhere."""
NEAR = 1e-6
"""As near as HiGHS holds its constraints: shares so near are equal here."""
OPTIMAL, INFEASIBLE, UNBOUNDED = 0, 2, 3
"""Status of scipy.optimize.milp; every other is a search cut short."""


def plan_outreach(need: Need, sites: Sites, teams: int, most_nodes: int = MOST_NODES) -> OutreachPlan:
    """The plan for so many teams, one at a site. Rows in any order give the same plan.

    The areas of both must be the same, in the same order. Solved by HiGHS as an integer programme, first for the lowest
    uptake, then among those as good for most people reached. Where it does not finish within most_nodes, the best found
    stands with the bound that no choice can pass, and `is_proved` is False.
    """
    seen = get_seen(need, sites)
    simplest = choose_simplest(need, sites, seen, teams)
    chosen, bound, is_proved = _choose_fairest(need, seen, teams, most_nodes)
    fairest = _get_choice(need, sites, seen, chosen)
    if fairest.lowest < simplest.lowest - NEAR:  # only where the search was cut short
        fairest = simplest
    before = need.reached.sum(axis=0) / need.people.sum(axis=0)
    return OutreachPlan(
        need=need, teams=teams, before=before, fairest=fairest, simplest=simplest, bound=bound, is_proved=is_proved
    )


def get_seen(need: Need, sites: Sites) -> Floats:
    """float64[sites, areas]: the share of an area's people not yet reached who would be seen at a site.

    Capacity is shared alike among all who would come if the site stood alone, which is too few rather than too many.
    """
    unreached = (need.people - need.reached).sum(axis=1)
    coming = sites.reach @ unreached
    part = np.where(coming > sites.capacity, sites.capacity / np.where(coming > 0, coming, 1), 1.0)
    seen: Floats = sites.reach * part[:, None]
    return seen


def choose_simplest(need: Need, sites: Sites, seen: Floats, teams: int) -> Choice:
    """The sites that reach most people, one after the other, whoever they are; the first by name of equals."""
    unreached = (need.people - need.reached).sum(axis=1)
    chosen: list[int] = []
    for _ in range(min(teams, len(seen))):
        best = seen[chosen].max(axis=0, initial=0.0)
        more = np.maximum(seen - best, 0) @ unreached
        more[chosen] = -1
        chosen.append(int(more.argmax()))
    return _get_choice(need, sites, seen, chosen)


def get_uptake(need: Need, seen: Floats, chosen: Sequence[int]) -> tuple[Floats, Floats]:
    """People newly reached and uptake of each group, with these sites."""
    share = seen[list(chosen)].max(axis=0, initial=0.0)
    newly = share @ (need.people - need.reached)
    return newly, (need.reached.sum(axis=0) + newly) / need.people.sum(axis=0)


def _get_choice(need: Need, sites: Sites, seen: Floats, chosen: Sequence[int]) -> Choice:
    newly, uptake = get_uptake(need, seen, chosen)
    return Choice(sites=tuple(sorted(sites.sites[each] for each in chosen)), newly=newly, uptake=uptake)


def _choose_fairest(need: Need, seen: Floats, teams: int, most_nodes: int) -> tuple[list[int], float, bool]:
    """Places of sites, the bound of the lowest uptake, and whether it is reached.

    Variables: open[sites] (0 or 1), comes[pairs] of site and area (0 to 1), lowest (0 to 1).
    """
    number, (site, area) = len(seen), np.nonzero(seen)
    pairs = len(site)
    unreached = need.people - need.reached
    newly = csr_array(unreached[area].T * seen[site, area] / need.people.sum(axis=0)[:, None])  # [groups, pairs]
    already = need.reached.sum(axis=0) / need.people.sum(axis=0)
    groups = len(already)
    rows = np.arange(pairs)
    is_open = coo_array((np.ones(pairs), (rows, site)), shape=(pairs, number))
    own = coo_array((np.ones(pairs), (rows, rows)), shape=(pairs, pairs))
    of_area = coo_array((np.ones(pairs), (area, rows)), shape=(len(need.areas), pairs))
    constraints = [
        _limit([np.ones((1, number)), np.zeros((1, pairs + 1))], upper=min(teams, number)),
        _limit([-is_open, own, np.zeros((pairs, 1))], upper=0),  # nobody comes to a closed site
        _limit([np.zeros((len(need.areas), number)), of_area, np.zeros((len(need.areas), 1))], upper=1),
        _limit([np.zeros((groups, number)), -newly, np.ones((groups, 1))], upper=already),
    ]
    width = number + pairs + 1
    lowest = np.zeros(width)
    lowest[-1] = -1
    first = _solve(lowest, constraints, number, most_nodes)
    bound = get_uptake(need, seen, range(number))[1].min()  # with every site open
    if first.mip_dual_bound is not None:
        bound = min(bound, -first.mip_dual_bound)
    if first.x is None:
        return [], float(bound), False
    best = -float(first.fun)
    reach = np.concatenate([np.zeros(number), -(unreached[area].sum(axis=1) * seen[site, area]), [0.0]])
    held = LinearConstraint(csr_array(-lowest[None]), lb=best - NEAR)
    second = _solve(reach, [*constraints, held], number, most_nodes)
    found = first if second.x is None else second
    chosen = np.flatnonzero(found.x[:number] > 0.5).tolist()
    is_proved = first.status == OPTIMAL and second.status == OPTIMAL
    return chosen, best if first.status == OPTIMAL else float(bound), is_proved


def _limit(blocks: Sequence[object], upper: float | npt.ArrayLike) -> LinearConstraint:
    return LinearConstraint(csr_array(hstack([csr_array(each) for each in blocks])), ub=upper)


def _solve(cost: Floats, constraints: Sequence[LinearConstraint], number: int, most_nodes: int) -> OptimizeResult:
    """Raises RuntimeError where HiGHS says that there is no plan, since opening nothing is always one."""
    whole = np.zeros(len(cost))
    whole[:number] = 1
    found = milp(
        cost,
        constraints=constraints,
        integrality=whole,
        bounds=Bounds(0, 1),
        options={"node_limit": most_nodes, "mip_rel_gap": 0.0},
    )
    if found.status in (INFEASIBLE, UNBOUNDED):
        raise RuntimeError(f"the integer programme was not solved: {found.message}")
    return found
