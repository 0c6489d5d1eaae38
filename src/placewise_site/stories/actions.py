"""Keep a version of the weekly message, and send one: no number leaves that no claim stands behind."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.evidence.ledger.actions import record_use
from placewise_site.evidence.ledger.queries import get_findings
from placewise_site.evidence.ledger.queries.listing import find_named
from placewise_site.stories.models import Message, Sending
from placewise_site.stories.rules.marks import HOW, find_marks, find_unclaimed

MOST_LETTERS = 20_000


@transaction.atomic
def keep_message(*, by: User, week: date, words: str) -> Message:
    """A new version of a week's message. Raises PermissionDenied, and ValidationError where nothing is written."""
    _check_may_write(by)
    last = Message.objects.select_for_update().filter(week=week).first()
    written = write_words(by=by, words=words, most_letters=MOST_LETTERS)
    message = Message.objects.create(
        week=week, version=(last.version if last else 0) + 1, words=written, at=timezone.now(), by=by
    )
    record_event(by=by, action="message_kept", subject=week.isoformat(), version=message.version)
    return message


@transaction.atomic
def send_message(*, by: User, message: Message) -> Sending:
    """Sign a version and send it to everybody.

    Raises PermissionDenied, and ValidationError with every reason why it cannot be sent.
    """
    _check_may_write(by)
    if refusals := find_refusals(message):
        raise ValidationError(refusals)
    sending = Sending.objects.create(message=message, at=timezone.now(), by=by)
    address = reverse("message", kwargs={"week": message.week.isoformat()})
    for claim in dict.fromkeys(mark.claim for mark in find_marks(str(message.words))):
        record_use(by=by, citation=claim, kind="message", title=str(message), address=address)
    record_event(by=by, action="message_sent", subject=message.week.isoformat(), version=message.version)
    return sending


def find_refusals(message: Message) -> list[str]:
    """Why a version cannot be sent, a sentence each: numbers without a claim, and claims that nothing may rest on."""
    text = str(message.words)
    marks = find_marks(text)
    found = get_findings((mark.claim for mark in marks), message.week)
    refusals = [each.told for each in find_unclaimed(text)]
    refusals += [
        f"{{{mark.claim}|{mark.how}}}: write {', '.join(HOW[1:])} after the bar, or nothing."
        for mark in marks
        if mark.how not in HOW
    ]
    refusals += [each.why for each in found.values() if each.blocks]
    open_to_all = find_named(AnonymousUser(), [mark.claim for mark in marks])
    refusals += [
        f"{name} is not for everybody to read: have it agreed, or take it out."
        for name, each in found.items()
        if not each.blocks and name not in open_to_all
    ]
    if Sending.objects.filter(message__week=message.week).exists():
        refusals.append(f"The message of {message.week:%-d %B %Y} was sent already.")
    return refusals


def _check_may_write(by: User) -> None:
    if not by.has_perm("stories.write_messages"):
        raise PermissionDenied("Communications write the weekly message and sign it.")
