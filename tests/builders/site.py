"""A site to test: the planted release's invented system as a deployment, its organisations, and people in roles."""

from datetime import date
from pathlib import Path

from builders.bodies import write_bodies
from builders.haven_ambitions import AMBITIONS
from builders.release import build_hierarchy
from placewise_site.accounts.actions import add_person, give_grant, record_agreement
from placewise_site.accounts.models import Purpose, Role, User
from placewise_site.organisations.actions import load_organisations
from placewise_site.organisations.models import Organisation

PASSWORD = "a long invented password"
SINCE = date(2020, 4, 1)

ICS = """\
ics: haven
name: Haven Health and Care Partnership
mode: synthetic
levels: [system, place, network, practice]
organisations: organisations.csv
window: {first: 2021-04, months: 60}
deprivation_edition: Index of Invented Deprivation 2025
geography_edition: Invented areas 2021
compare_by: [age_band, sex, ethnicity, deprivation_fifth]
disclosure: {suppress_below: 8, round_to: 5}
programmes: {healthy_hearts: {sponsor: heart_board}}
"""


def write_deployment(parent: Path) -> Path:
    """The folder of the invented system."""
    folder = parent / "haven"
    folder.mkdir()
    rows = ["code,name,kind,level,parent,open_from,open_to,synthetic,source"]
    rows += [
        f"{each.code},{each.name},{each.kind},{each.level},{each.parent},,,yes,invented"
        for each in build_hierarchy().organisations.values()
    ]
    for name, text in (
        ("ics.yaml", ICS),
        ("organisations.csv", "\n".join(rows) + "\n"),
        ("ambitions.yaml", AMBITIONS),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    write_bodies(folder)
    return folder


def add_organisations() -> None:
    load_organisations(build_hierarchy().organisations.values())


def add_person_in_role(
    role: str, organisation: str, purpose: Purpose = Purpose.POPULATION_HEALTH_PLANNING, email: str = ""
) -> User:
    """A person with one grant in force; their address is the role's and the organisation's unless one is given."""
    email = email or f"{role}.{organisation}@example.org".lower()
    user = User.objects.filter(email=email).first() or add_person(
        by=None, email=email, name=role.replace("_", " ").capitalize(), password=PASSWORD
    )
    give_grant(
        by=None,
        user=user,
        role=Role.objects.get(slug=role),
        organisation=Organisation.objects.get(code=organisation),
        purpose=purpose,
        starts_on=SINCE,
    )
    return user


def add_agreement(practice: str, network: str) -> None:
    record_agreement(
        by=None,
        practice=Organisation.objects.get(code=practice),
        network=Organisation.objects.get(code=network),
        reference="Agreement of the invented practice meeting",
        starts_on=SINCE,
    )
