"""Bodies, agreements and powers of the invented system of builders/site.py, and people in its seats."""

from datetime import date
from pathlib import Path

from placewise_site.accounts.models import User
from placewise_site.evidence.deployment import get_deployment
from placewise_site.governance.actions import add_member, appoint, load_partnership
from placewise_site.governance.models import Edition, Membership, Seat

BODIES = """\
bodies:
  heart_board:
    name: Heart Board
    kind: board
    remit: Care of the heart.
    meets_in_public: true
    receives: [outage]
    terms:
      synthetic: true
      papers_published_days_before: 5
      skills: {finance: 1, clinical: 2}
      seats:
        chair: {title: Chair, kind: chair}
        clinical: {title: Clinical director, kind: executive}
        lay: {title: Lay member, kind: lay}
        hospice: {title: Member for hospices, kind: member, represents: hospice}
        secretary: {title: Secretary, kind: officer}
    source: invented
  old_committee:
    name: Old Committee
    kind: committee
    remit: Decided before the board.
    open_to: 2022-06-30
    successors: [heart_board]
    source: invented
  coast_committee:
    name: Coast Committee
    kind: place_partnership
    remit: Decides at the coast.
    covers: [HVN]
    part_of: heart_board
    escalates_to: heart_board
    receives: [flood]
    terms:
      synthetic: true
      seats:
        chair: {title: Chair, kind: chair}
        healthwatch: {title: Member for Healthwatch, kind: member, represents: healthwatch}
    source: invented
"""

INSTRUMENTS = """\
functions:
  grants: {title: Give grants}
  yearly_plan: {title: Agree the plan of the year}
instruments:
  compact:
    name: The compact
    versions:
      memorandum:
        name: Memorandum
        parties: [HVS, HVN, HVT]
        in_force_from: 2018-04-01
        in_force_to: 2022-06-30
        quorum: {old_committee: {at_least: 2, synthetic: true}}
        synthetic: true
        source: invented
      constitution:
        name: Constitution
        parties: [HVS, HVN, HVT]
        in_force_from: 2022-07-01
        quorum:
          heart_board: {at_least: 2, share_of_voting_seats: 0.5, of_kinds: {lay: 1}, synthetic: true}
        engagement:
          opens_on: 2021-12-01
          closes_on: 2022-01-14
          clauses:
            membership: {title: Membership, says: Each district has a seat on the board., synthetic: true}
            meetings: {title: Meetings, says: The board meets in public., synthetic: true}
          synthetic: true
          source: invented
        synthetic: true
        source: invented
"""

DELEGATION = """\
function,place,decider,limit_pounds,above,starts_on,expires_on,synthetic,source
grants,HVN,old_committee,,,2018-04-01,2022-06-30,yes,invented
grants,HVN,coast_committee,100000,heart_board,2022-07-01,2027-03-31,yes,invented
yearly_plan,HVS,heart_board,,,2022-07-01,,yes,invented
yearly_plan,HVT,coast_committee,,,2024-04-01,,yes,invented
"""


def write_bodies(folder: Path) -> None:
    for name, text in (("bodies.yaml", BODIES), ("instruments.yaml", INSTRUMENTS), ("delegation.csv", DELEGATION)):
        (folder / name).write_text(text, encoding="utf-8")


def load_bodies() -> Edition:
    """Those of the deployment in force, whose organisations stand already."""
    return load_partnership(by=None, partnership=get_deployment().partnership)


def seat_somebody(
    body: str, seat: str, since: date = date(2022, 7, 1), until: date | None = None, person: User | None = None
) -> Membership:
    """Somebody named by the seat sits in it."""
    taken = Seat.objects.get(body__slug=body, slug=seat)
    member = add_member(by=None, name=taken.title, person=person)
    return appoint(by=None, seat=taken, member=member, term_from=since, term_to=until)
