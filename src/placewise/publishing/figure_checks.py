"""What must hold of the official figures."""

from collections.abc import Collection

import duckdb
import pyarrow as pa

from placewise.floor.checking import Check, hold
from placewise.floor.vocabulary.organisations import Hierarchy


def check_official_figures(table: pa.Table, exact: Collection[str], hierarchy: Hierarchy) -> tuple[Check, ...]:
    """table: RELEASED_PUBLISHED; exact: the indicators in it that are not rounded.

    Raises FaultsFound if one of them fails.
    """
    return (_check_levels_add_up(table, exact, hierarchy),)


def _check_levels_add_up(table: pa.Table, exact: Collection[str], hierarchy: Hierarchy) -> Check:
    """The counts of the areas next below the top add up to the top's, difference 0, in every figure that shows both.

    Cells that are hidden or empty are left out.
    """
    top, below = hierarchy.levels[:2]
    with duckdb.connect() as database:
        database.register("figures", table)
        wrong = database.execute(
            """
            select indicator, period, split, "group",
                sum(numerator) filter (area_kind = $below) - sum(numerator) filter (area_kind = $top) as difference
            from figures
            where area_kind in ($top, $below) and list_contains($exact, indicator)
            group by all
            having count(distinct area_kind) = 2 and count(numerator) = count(*) and difference <> 0
            order by all
            """,
            {"top": top, "below": below, "exact": list(exact)},
        ).fetchall()
    told = f"Every {below} added up is the {top}, difference 0."
    if wrong:
        indicator, period, split, group, difference = wrong[0]
        told = (
            f"{indicator} {period} {split} {group}: every {below} added up differs from the {top} by {difference:,.0f}."
        )
    return hold("publishing", f"every {below} adds up to the {top}", not wrong, told)
