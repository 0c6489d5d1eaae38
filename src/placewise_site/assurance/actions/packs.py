"""Build a pack from a release and the record, put money and involvement on record, challenge a pack and answer."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.assurance.actions.citing import check_claim
from placewise_site.assurance.actions.permission import check_may
from placewise_site.assurance.models import Answer, Challenge, Involvement, MoneyLine, Pack
from placewise_site.assurance.queries.pack_content import build_content, get_hash
from placewise_site.assurance.queries.rows import note_rows
from placewise_site.evidence.releases import Release


@transaction.atomic
def build_pack(*, by: User | None, programme: str, release: Release) -> Pack:
    """Raises NotReleased where the release has no measure of this programme."""
    check_may(by, "build_packs")
    at = timezone.now()
    content = build_content(programme, release, at, note_rows())
    pack = Pack.objects.create(
        at=at,
        by=by,
        programme=programme,
        release=release.manifest.release,
        content=content,
        sha256=get_hash(content),
    )
    record_event(by=by, action="pack_built", subject=programme, pack=pack.pk, sha256=pack.sha256)
    return pack


@transaction.atomic
def record_money(
    *,
    by: User | None,
    programme: str,
    heading: str,
    period: str,
    pounds: int,
    citation: str,
    is_invented: bool = False,
) -> MoneyLine:
    """Raises ValidationError unless the figure rests on a claim that may be shown."""
    check_may(by, "build_packs")
    line = MoneyLine(
        at=timezone.now(),
        by=by,
        programme=programme,
        heading=heading,
        period=period,
        pounds=pounds,
        citation=check_claim(citation),
        is_invented=is_invented,
    )
    line.full_clean()
    line.save()
    record_event(by=by, action="money_recorded", subject=programme, line=line.pk)
    return line


@transaction.atomic
def record_involvement(
    *,
    by: User | None,
    programme: str,
    on: date,
    title: str,
    people: int,
    what_changed: str,
    is_invented: bool = False,
) -> Involvement:
    """Raises ValidationError where nothing is said of what changed because of them."""
    check_may(by, "keep_commitments")
    involvement = Involvement.objects.create(
        at=timezone.now(),
        by=by,
        programme=programme,
        on=on,
        title=title,
        people=people,
        what_changed=write_words(by=by, words=what_changed),
        is_invented=is_invented,
    )
    record_event(by=by, action="involvement_recorded", subject=programme, involvement=involvement.pk)
    return involvement


@transaction.atomic
def challenge_pack(*, by: User | None, pack: Pack, words: str) -> Challenge:
    check_may(by, "challenge_packs")
    challenge = Challenge.objects.create(at=timezone.now(), by=by, pack=pack, words=write_words(by=by, words=words))
    record_event(by=by, action="pack_challenged", subject=pack.programme, challenge=challenge.pk)
    return challenge


@transaction.atomic
def answer_challenge(*, by: User | None, challenge: Challenge, words: str) -> Answer:
    """Once: the answer given stands. Raises ValidationError for a second one."""
    check_may(by, "answer_challenges")
    if Answer.objects.filter(challenge=challenge).exists():
        raise ValidationError("This challenge is answered already: raise another one.")
    answer = Answer.objects.create(at=timezone.now(), by=by, challenge=challenge, words=write_words(by=by, words=words))
    record_event(by=by, action="challenge_answered", subject=challenge.pack.programme, challenge=challenge.pk)
    return answer
