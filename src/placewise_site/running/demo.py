"""A demo's accounts: one a role, all with one password that is made up on the spot."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import add_person, give_grant, record_agreement
from placewise_site.accounts.models import Purpose, Role, User
from placewise_site.organisations.models import Organisation

PRACTICE = "practice"
TRUST = "trust"
SCREENING = "screening_provider"
"""The role, and the kind of organisation that it works for."""
NO_ACCOUNT = "public"
SEATED = (("chair", "Chair"), ("partner.member", "Partner member"))
"""More accounts of board members, by the seat they sit in (demo_seats.py)."""


def add_demo_accounts() -> None:
    """Once only. The password is kept beside the demo's store; the database holds its hash alone."""
    if User.objects.exists() or not Organisation.objects.filter(level=PRACTICE).exists():
        return
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    told = [f"Password for every demo account: {password}", ""]
    with transaction.atomic():
        for role in Role.objects.exclude(slug=NO_ACCOUNT):
            email = f"{role.slug.replace('_', '.')}@demo.example"
            person = add_person(by=None, email=email, name=role.title)
            place = _place_of(role)
            give_grant(
                by=None,
                user=person,
                role=role,
                organisation=place,
                purpose=_purpose_of(role),
                starts_on=timezone.localdate(),
            )
            told.append(f"{email:<40} {role.title}, {place.name}")
        told += [_add_board_member(address, name) for address, name in SEATED]
        # One hash for all: hashing is slow on purpose, and they share the password anyway.
        User.objects.update(password=make_password(password))
        _agree_with_first_network()
        file = _accounts_file()
        file.touch(mode=0o600)
        file.write_text("\n".join(told) + "\n", encoding="utf-8")


def tell_demo_accounts() -> None:
    if (file := _accounts_file()).is_file():
        print(file.read_text(encoding="utf-8"))
        print(f"Kept in {file}")


def _accounts_file() -> Path:
    return Path(settings.PLACEWISE_STORE) / "demo-accounts.txt"


def _add_board_member(address: str, name: str) -> str:
    role, email = Role.objects.get(slug="board_member"), f"{address}@demo.example"
    place = _place_of(role)
    give_grant(
        by=None,
        user=add_person(by=None, email=email, name=name),
        role=role,
        organisation=place,
        purpose=Purpose.POPULATION_HEALTH_PLANNING,
        starts_on=timezone.localdate(),
    )
    return f"{email:<40} {name}, {place.name}"


def _purpose_of(role: Role) -> Purpose:
    if role.slug == SCREENING:
        return Purpose.SCREENING_INVITATION
    return Purpose.DIRECT_CARE if role.may_open_lists else Purpose.POPULATION_HEALTH_PLANNING


def _place_of(role: Role) -> Organisation:
    """Where a demo account works: practices, networks and trusts are the first by name of their kind."""
    practices = Organisation.objects.filter(level=PRACTICE)
    first = practices.select_related("parent").first()
    assert first is not None
    if role.slug == "practice":
        return first
    if role.slug == "pcn_staff":
        return first.parent or first
    kind = {"hospital_operations": TRUST, SCREENING: SCREENING}.get(role.slug)
    if kind and (outside := Organisation.objects.filter(kind=kind).first()):
        return outside
    top = first
    while top.parent:
        top = top.parent
    return top


def _agree_with_first_network() -> None:
    """One practice of the demo's network has an agreement with it, so that both sides can be seen."""
    practice = Organisation.objects.filter(level=PRACTICE).select_related("parent").first()
    if practice and practice.parent:
        record_agreement(
            by=None,
            practice=practice,
            network=practice.parent,
            reference="Demo agreement",
            starts_on=timezone.localdate(),
        )
