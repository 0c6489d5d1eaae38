"""Begin an assessment of equality from what is released, say what is expected for whom, and sign it when complete."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.assurance.actions.permission import check_may
from placewise_site.assurance.models import Assessment, Effect, SignOff
from placewise_site.assurance.queries.assessments import build_prefilled, find_unsaid
from placewise_site.evidence.releases import Release
from placewise_site.meetings.actions import record_assessment
from placewise_site.meetings.models import Assessed, Item
from placewise_site.meetings.queries.cases import find_items_to_assess
from placewise_site.meetings.rules.assessments import Assessment as Kind


@transaction.atomic
def begin_assessment(
    *, by: User | None, title: str, area: str, release: Release, programme: str = "", is_invented: bool = False
) -> Assessment:
    """Raises NotReleased for an area the release does not show to everybody, or a programme without a measure."""
    check_may(by, "assess_equality")
    assessment = Assessment(
        at=timezone.now(),
        by=by,
        title=title,
        area=area,
        programme=programme,
        release=release.manifest.release,
        prefilled=build_prefilled(release, area, programme),
        is_invented=is_invented,
    )
    assessment.full_clean()
    assessment.save()
    record_event(by=by, action="assessment_begun", subject=title, assessment=assessment.pk)
    return assessment


@transaction.atomic
def say_effect(*, by: User | None, assessment: Assessment, characteristic: str, expected: str, words: str) -> Effect:
    """Raises ValidationError once it is signed, and without a word on why, or on what will be done."""
    check_may(by, "assess_equality")
    _check_open(assessment)
    effect = Effect(
        at=timezone.now(),
        by=by,
        assessment=assessment,
        characteristic=characteristic,
        expected=expected,
        words=write_words(by=by, words=words),
    )
    effect.full_clean()
    effect.save()
    record_event(by=by, action="effect_said", subject=assessment.title, effect=effect.pk)
    return effect


@transaction.atomic
def sign_assessment(*, by: User | None, assessment: Assessment, item: Item | None = None) -> SignOff:
    """item: what the assessment is for, where it is planned already.

    Raises ValidationError while anything is left unsaid of any characteristic: “not known” is said, not left out.
    """
    check_may(by, "sign_assessments")
    _check_open(assessment)
    if unsaid := find_unsaid(assessment):
        raise ValidationError(f"Nothing is said yet of: {', '.join(unsaid)}. Say “not known” where nobody knows.")
    signed = SignOff.objects.create(at=timezone.now(), by=by, assessment=assessment)
    record_event(by=by, action="assessment_signed", subject=assessment.title, assessment=assessment.pk)
    if item is not None:
        bring_assessment(by=by, assessment=assessment, item=item)
    return signed


@transaction.atomic
def bring_assessment(*, by: User | None, assessment: Assessment, item: Item) -> Assessed:
    """A decision on the item may rest on the assessment from now on.

    Raises ValidationError for one that is not signed, and for an item that the person may not read or that is settled.
    """
    check_may(by, "sign_assessments")
    if not SignOff.objects.filter(assessment=assessment).exists():
        raise ValidationError("This assessment is not signed, so no decision rests on it yet.")
    if not find_items_to_assess(by).filter(pk=item.pk).exists():
        raise ValidationError("This item is not waiting for a decision.")
    record_event(by=by, action="assessment_brought", subject=assessment.title, assessment=assessment.pk, item=item.pk)
    return record_assessment(by=None, item=item, kind=Kind.EQUALITY, reference=f"/assurance/equality/{assessment.pk}/")


def _check_open(assessment: Assessment) -> None:
    if SignOff.objects.filter(assessment=assessment).exists():
        raise ValidationError("This assessment is signed: begin another one.")
