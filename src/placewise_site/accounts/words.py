"""Write personal text that a row of history points to, and destroy it. Who may is for the app whose row it is."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import Destruction, User, Words, WordsText

MOST_LETTERS = 2000


@transaction.atomic
def write_words(*, by: User | None, words: str, most_letters: int = MOST_LETTERS) -> Words:
    """Part of an action, whose event tells of it. Raises ValidationError where nothing is said, or too much."""
    said = words.strip()
    if not said:
        raise ValidationError("Write what you want to say.")
    if len(said) > most_letters:
        raise ValidationError(f"It has {most_letters:,} letters at most. Make it shorter.")
    written = Words.objects.create(at=timezone.now(), by=by)
    WordsText.objects.create(words_of=written, words=said)
    return written


@transaction.atomic
def destroy_words(*, by: User | None, words: Words, reason: str) -> Destruction:
    """Once only: the first reason stands. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError("Say why it is destroyed.")
    if (gone := Destruction.objects.filter(words_of=words).first()) is not None:
        return gone
    WordsText.objects.filter(words_of=words).delete()
    destruction = Destruction.objects.create(words_of=words, reason=reason.strip()[:200], at=timezone.now(), by=by)
    record_event(by=by, action="words_destroyed", subject=f"words {words.pk}")
    return destruction
