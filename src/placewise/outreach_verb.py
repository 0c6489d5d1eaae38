"""`outreach`: where to send teams, so that the group with the lowest uptake gains most."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from placewise.console import Json, print_json, say


def outreach(
    need: Annotated[Path, typer.Argument(help="area,group,people,reached: a row for each area and group.")],
    sites: Annotated[Path, typer.Argument(help="site,name,capacity: a row a site.")],
    reach: Annotated[Path, typer.Argument(help="site,area,share: how many of an area's people would come.")],
    teams: Annotated[int, typer.Option(help="How many sites can be open at once.")],
    groups_are: Annotated[str, typer.Option("--by", help="What groups are: deprivation_fifth, ethnicity ...")],
    ground: Annotated[
        Path | None, typer.Option(help="Why a protected group: YAML with need, proportionality, ends, review.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Choose the sites that raise the lowest group's uptake most, beside those that reach most people."""
    from placewise.floor.yaml_file import read_model
    from placewise.plans.outreach.build import plan_outreach
    from placewise.plans.outreach.checks import check_ground, check_teams
    from placewise.plans.outreach.definition import Ground, read_need, read_sites
    from placewise.plans.outreach.words import RESTS_ON, as_row, tell_percent, tell_plan

    check_teams(teams)
    check_ground(groups_are, read_model(ground, Ground) if ground else None, datetime.now(UTC).date())
    people = read_need(need)
    plan = plan_outreach(people, read_sites(sites, reach, people.areas), teams)
    row = as_row(plan)
    if as_json:
        print_json(row)
        return
    say.print(tell_plan(plan), markup=False)
    say.print(f"Fairest: {', '.join(plan.fairest.sites)}. Simplest: {', '.join(plan.simplest.sites)}.", markup=False)
    table = Table("group", "people", "before", "fairest", "newly", "simplest", "newly", box=None)
    for each in row["groups"]:
        shares = {name: tell_percent(each[name]) for name in ("before", "fairest", "simplest")}
        newly = (f"{each[name]:,.0f}" for name in ("newly_fairest", "newly_simplest"))
        first, second = newly
        table.add_row(
            each["group"],
            f"{each['people']:,.0f}",
            shares["before"],
            shares["fairest"],
            first,
            shares["simplest"],
            second,
        )
    say.print(table)
    say.print(RESTS_ON, markup=False)
