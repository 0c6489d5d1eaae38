"""A demo's work on lists: a practice account has begun, with invented people, so that the pages are alive."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import practices_open_to
from placewise_site.care.actions import record_steps
from placewise_site.care.lifecycle import Route, State
from placewise_site.care.models import Step
from placewise_site.care.queries import available_lists
from placewise_site.care.standing import Wanted
from placewise_site.care.working_list import get_listed
from placewise_site.evidence.persons import open_call_list

ACCOUNT = "practice@demo.example"
LISTS = 2
"""So many lists are worked on; each person on the first of them alone, since nobody is invited twice for two things."""
STORY: tuple[tuple[tuple[State, str, int], ...], ...] = (
    ((State.INVITED, Route.LETTER, 21), (State.BOOKED, "", 10), (State.SEEN, "", 3), (State.TREATED, "", 3)),
    ((State.INVITED, Route.TEXT_MESSAGE, 20), (State.INVITED, Route.TELEPHONE, 9), (State.BOOKED, "", 2)),
    ((State.INVITED, Route.LETTER, 18),),
    ((State.INVITED, Route.TELEPHONE, 6), (State.DECLINED, "", 6)),
    ((State.SEEN, "", 5), (State.UNSUITABLE, "", 5)),
    ((State.INVITED, Route.NHS_APP, 2),),
    ((State.INVITED, Route.LETTER, 25), (State.HANDED_BACK, "", 4)),
)
"""What was done with each of the first people of a list, how many days ago."""


def work_on_demo_lists() -> None:
    """Once only, and only where there are lists. Each list is opened as the account would open it, and logged so."""
    nurse = User.objects.filter(email=ACCOUNT).first()
    practice = practices_open_to(nurse).first() if nurse and settings.DEMO else None
    if nurse is None or practice is None or Step.objects.exists():
        return
    today, taken = timezone.localdate(), set[str]()
    for card in available_lists()[:LISTS]:
        listed = get_listed(open_call_list(by=nurse, practice=practice, list_slug=card.slug))
        people = [key for key, left_out in listed.items() if left_out is None and key not in taken]
        wanted = [
            Wanted(key, state, route, today - timedelta(days=days))
            for key, steps in zip(people, STORY, strict=False)
            for state, route, days in steps
        ]
        taken.update(each.row_key for each in wanted)
        if wanted:
            record_steps(by=nurse, practice=practice, list_slug=card.slug, listed=listed, wanted=wanted)
