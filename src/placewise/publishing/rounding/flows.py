"""Whole numbers on a network at least cost, compiled: import this module late, since Numba takes a second.

A count is an arc and a sum a node: what flows along the arc is the count, in steps of the rounding. Every node passes
on what it gets; ground gives and takes anything. Each arc costs more the further its count lies from where it belongs,
and the further the more, so that the shortest way from where there is too much to where there is too little, again and
again, leaves nothing cheaper (Ahuja, Magnanti and Orlin, Network Flows, 1993, section 9.7). As many steps go that way
at once as cost the same each: counts that nobody knows cost nothing and take whatever is over, often thousands.
"""

from typing import Any

import numpy as np
from numba import njit, types

_Places = types.int32[::1]
_Whole = types.int64
_Many = types.int64[:, ::1]
_Ranges = types.int64[:, :, ::1]
_Real = types.float64[:, ::1]
_Reals = types.float64[:, :, ::1]


def _compile(answer: Any, *given: Any) -> Any:
    return njit(answer(*given), nogil=True, cache=True, error_model="numpy")


@_compile(types.float64, _Whole, _Whole, _Whole, _Whole, _Real, _Real, _Ranges, _Ranges, _Reals)
def _get_cost(steps, arc, month, step, aim, weight, low, high, dear):
    cost = weight[month, arc] * abs(step * steps - aim[month, arc])
    for each in range(len(low)):
        if steps < low[each, month, arc]:
            cost += dear[each, month, arc] * (low[each, month, arc] - steps)
        elif steps > high[each, month, arc]:
            cost += dear[each, month, arc] * (steps - high[each, month, arc])
    return cost


@_compile(_Whole, _Whole, _Whole, _Whole, _Whole, _Whole, _Whole, _Real, _Ranges, _Ranges)
def _count_alike(steps, way, arc, month, step, most, aim, low, high):
    """How many steps more that way, which can be gone, cost as much each as the first does."""
    alike = most - steps if way > 0 else steps
    for each in range(len(low)):
        for turn in (low[each, month, arc], high[each, month, arc]):
            if (turn - steps) * way > 0:
                alike = min(alike, (turn - steps) * way)
    nearest = aim[month, arc] / step
    if (nearest - steps) * way > 0:
        alike = min(alike, max(np.int64((nearest - steps) * way), 1))
    return alike


@_compile(
    types.void, _Places, _Places, _Places, _Places, _Many, _Whole, _Real, _Real, _Ranges, _Ranges, _Reals, _Many, _Many
)
def solve(tail, head, starts, incident, need, step, aim, weight, low, high, dear, most, flow):
    """Write into `flow`, int64[months, arcs], how many steps each count is of.

    tail, head: the nodes of each arc, of which 0 is ground; starts, incident: the arcs of each node; need:
    int64[months, nodes], what a node gives more than it gets; aim, weight: where a count belongs, and what a unit away
    from it costs; low, high, dear: int64[ranges, months, arcs], the ranges in which it should lie, and what a step
    beyond costs; most: the most steps an arc can have.
    """
    nodes, arcs = len(starts) - 1, len(tail)
    excess = np.empty(nodes, np.int64)
    distance, came_by = np.empty(nodes), np.empty(nodes, np.int64)
    queue, queued = np.empty(nodes + 1, np.int64), np.zeros(nodes, np.bool_)
    for month in range(len(flow)):
        excess[:] = need[month]
        for arc in range(arcs):
            steps = min(max(np.int64(aim[month, arc] // step), 0), most[month, arc])
            here = _get_cost(steps, arc, month, step, aim, weight, low, high, dear)
            for way in (1, -1):
                while 0 <= steps + way <= most[month, arc]:
                    there = _get_cost(steps + way, arc, month, step, aim, weight, low, high, dear)
                    if there >= here:
                        break
                    steps, here = steps + way, there
            flow[month, arc] = steps
            excess[head[arc]] += steps
            excess[tail[arc]] -= steps
        for node in range(1, nodes):
            while excess[node] != 0:
                # Too little is the same as too much the other way round: `sign` turns arcs about.
                sign = 1 if excess[node] > 0 else -1
                distance[:] = np.inf
                distance[node] = 0.0
                came_by[:] = -1
                queue[0], first, waiting = node, 0, 1
                while waiting > 0:
                    at = queue[first]
                    first = first + 1 if first < nodes else 0
                    waiting -= 1
                    queued[at] = False
                    for place in range(starts[at], starts[at + 1]):
                        arc = incident[place]
                        if tail[arc] == head[arc]:
                            continue
                        outward = tail[arc] == at
                        other = head[arc] if outward else tail[arc]
                        steps = flow[month, arc]
                        after = steps + sign if outward else steps - sign
                        if after < 0 or after > most[month, arc]:
                            continue
                        reached = (
                            distance[at]
                            + _get_cost(after, arc, month, step, aim, weight, low, high, dear)
                            - _get_cost(steps, arc, month, step, aim, weight, low, high, dear)
                        )
                        if reached < distance[other] - 1e-9 and other != node:
                            distance[other] = reached
                            came_by[other] = arc
                            if not queued[other]:
                                queued[other] = True
                                queue[(first + waiting) % (nodes + 1)] = other
                                waiting += 1
                best = 0
                for other in range(1, nodes):
                    if excess[other] * sign < 0 and distance[other] < distance[best]:
                        best = other
                if distance[best] == np.inf:
                    break  # no way out: the sum does not come right, which the check of a release finds
                many = abs(excess[node])
                if best != 0:
                    many = min(many, abs(excess[best]))
                at = best
                while at != node:
                    arc = came_by[at]
                    way = sign if head[arc] == at else -sign
                    many = min(
                        many, _count_alike(flow[month, arc], way, arc, month, step, most[month, arc], aim, low, high)
                    )
                    at = tail[arc] if head[arc] == at else head[arc]
                at = best
                while at != node:
                    arc = came_by[at]
                    flow[month, arc] += many * sign if head[arc] == at else -many * sign
                    at = tail[arc] if head[arc] == at else head[arc]
                excess[node] -= many * sign
                excess[best] += many * sign
