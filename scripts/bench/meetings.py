"""How long pages of meetings take over many decisions: `python -m bench.meetings [DECISIONS]` in scripts/.

Invents the record of the bodies of the shipped deployment in a store of its own, and asks each page as the public, a
board secretary and a partner member. Prints for each median and 95th percentile in milliseconds of processor time.
"""

import os
import random
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.ledger import GOAL, measure_page

A_MEETING = 20
VOTES = 8


def write_record(count: int) -> None:
    """Decisions in meetings of twenty, each with a paper, a claim it rests on, votes, an override and an action."""
    from django.utils import timezone

    from placewise_site.accounts.models import Words, WordsText
    from placewise_site.evidence.ledger.models import StatedClaim
    from placewise_site.governance.models import Body, Function, Membership
    from placewise_site.meetings import models
    from placewise_site.organisations.models import Organisation

    now = timezone.now()
    wrote = {"at": now - timedelta(days=900), "by": None}
    names = list(StatedClaim.objects.values_list("name", flat=True))
    function, owner = Function.objects.all()[0], Organisation.objects.exclude(level="")[0]
    bodies = list(Body.objects.filter(meets_in_public=True))
    seats = {body.pk: list(Membership.objects.filter(seat__body=body, seat__votes=True)[:VOTES]) for body in bodies}

    def add(model: Any, rows: Any) -> list[Any]:
        return list(model.objects.bulk_create(rows, batch_size=2000))

    starts = [now - timedelta(days=800) + timedelta(hours=number * 24) for number in range(count // A_MEETING)]
    meetings = add(
        models.Meeting,
        (
            models.Meeting(
                body=bodies[number % len(bodies)], starts_at=at, ends_at=at + timedelta(hours=2), where="Hall", **wrote
            )
            for number, at in enumerate(starts)
        ),
    )
    add(models.MeetingStep, (models.MeetingStep(meeting=each, state="closed", **wrote) for each in meetings))
    held = [meeting for meeting in meetings for _ in range(A_MEETING)]
    items = add(
        models.Item,
        (
            models.Item(
                body=meeting.body, title=f"Item {number}", purpose="decide", function=function, amount=number,
                private_ground="commercial" if number % 7 == 0 else "",
                subject="award" if number % 14 == 0 else "ordinary",
                **wrote,
            )
            for number, meeting in enumerate(held)
        ),
    )  # fmt: skip
    add(models.ItemStep, (models.ItemStep(item=each, state="decided", **wrote) for each in items))
    add(
        models.Placement,
        (
            models.Placement(item=item, meeting=meeting, number=number % A_MEETING + 1, **wrote)
            for number, (item, meeting) in enumerate(zip(items, held, strict=True))
        ),
    )
    words = add(Words, (Words(**wrote) for _ in items))
    add(WordsText, (WordsText(words_of=each, words="Invented words. " * 200) for each in words))
    papers = add(models.Paper, (models.Paper(item=each, title=f"Paper {each.pk}", **wrote) for each in items))
    day = (now - timedelta(days=800)).date()
    add(models.PaperStep, (models.PaperStep(paper=each, state="issued", public_on=day, **wrote) for each in papers))
    versions = add(
        models.PaperVersion,
        (
            models.PaperVersion(paper=paper, number=1, words=said, digest="0" * 64, **wrote)
            for paper, said in zip(papers, words, strict=True)
        ),
    )
    cited = [names[number % len(names)] for number in range(len(items))]
    add(
        models.Citation,
        (models.Citation(version=each, address=name, **wrote) for each, name in zip(versions, cited, strict=True)),
    )
    decisions = add(
        models.Decision,
        (
            models.Decision(
                item=item, meeting=meeting, decided_on=meeting.starts_at.date(), route="meeting", is_carried=True,
                resolved=f"Agreed: item {item.pk} of {random.Random(item.pk).choice(('stroke', 'carers', 'children'))}",
                quorum={"needed": 5, "counted": 7, "said_by": "Constitution"},
                evidence=[{"address": name, "title": name, "standing": "proposed", "told": "", "conflicts": []}],
                **wrote,
            )
            for item, meeting, name in zip(items, held, cited, strict=True)
        ),
    )  # fmt: skip
    add(
        models.Rest,
        (models.Rest(decision=each, address=name, **wrote) for each, name in zip(decisions, cited, strict=True)),
    )
    add(
        models.Override,
        (
            models.Override(
                decision=each, slug="not_agreed", sentence="Said.", remedy="Do.", role="Chair", words=said, **wrote
            )
            for each, said in zip(decisions, words, strict=True)
        ),
    )
    votes = (
        models.Vote(item=each, membership=seat, choice="for", **wrote) for each in items for seat in seats[each.body_id]
    )
    add(models.Vote, votes)
    due = now.date()
    actions = add(
        models.Action,
        (
            models.Action(
                item=each,
                title="Do it",
                owner=owner,
                role="Director",
                due_on=due + timedelta(days=each.pk % 90 - 45),
                **wrote,
            )
            for each in items
        ),
    )
    add(models.ActionStep, (models.ActionStep(action=each, state="open", **wrote) for each in actions))
    planned = add(
        models.Item,
        (models.Item(body=bodies[0], title=f"Plan {each}", purpose="note", **wrote) for each in range(count // 20)),
    )
    add(models.ItemStep, (models.ItemStep(item=each, state="planned", **wrote) for each in planned))


def _status(browser: Any, address: str) -> int:
    return int(browser.get(address).status_code)


def main(count: int) -> list[tuple[str, float]]:
    """The 95th percentile of each page, by who asks and its title."""
    with TemporaryDirectory(prefix="placewise-meetings-") as folder:
        os.environ |= {
            "PLACEWISE_STORE": folder,
            "PLACEWISE_MODE": "demo",
            "PLACEWISE_DEPLOYMENT": "west_yorkshire",
            "PLACEWISE_DATABASE": os.environ.get("PLACEWISE_DATABASE") or str(Path(folder) / "site.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "placewise_site.settings",
            "PLACEWISE_ALLOWED_HOSTS": "testserver",
        }
        import django

        django.setup()
        from django.test import Client

        from placewise_site.accounts.models import User
        from placewise_site.meetings.models import Meeting
        from placewise_site.running import prepare

        prepare.hold_demo_meetings = lambda: None
        prepare.prepare()
        write_record(count)
        meetings = list(Meeting.objects.values_list("pk", flat=True))
        choose = random.Random(2)

        def some() -> int:
            return choose.choice([number for number in range(2, count) if (number - 1) % 7])

        pages: dict[str, Callable[[], str]] = {
            "calendar": lambda: "/meetings/",
            "a body's calendar": lambda: "/meetings/?body=integrated_care_board&page=3",
            "a meeting": lambda: f"/meetings/{choose.choice(meetings)}/",
            "an item": lambda: f"/meetings/items/{some()}/",
            "a paper": lambda: f"/meetings/papers/{some()}/",
            "a decision": lambda: f"/meetings/decisions/{some()}/",
            "decisions": lambda: "/meetings/decisions/",
            "their last page": lambda: "/meetings/decisions/?page=999",
            "a search": lambda: "/meetings/decisions/?words=carers",
            "actions": lambda: "/meetings/actions/",
            "forward plan": lambda: "/meetings/plan/",
            "feed": lambda: "/meetings/calendar.ics",
        }
        slowest = []
        for who in ("", "board.secretary@demo.example", "partner.member@demo.example"):
            browser = Client()
            if who:
                browser.force_login(User.objects.get(email=who), backend="django.contrib.auth.backends.ModelBackend")
            for title, address in pages.items():
                median, most = measure_page(partial(_status, browser), address)
                slow = "" if most < GOAL else ": too slow"
                print(f"{who or 'public':<30} {title:<20} {median:4.0f} ms, 95th percentile {most:4.0f} ms{slow}")
                slowest.append((f"{title}, {who or 'public'}", most))
    return slowest


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
