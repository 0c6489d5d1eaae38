"""Open a review of a place, and gather its team: nobody of the place under review."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.queries import get_grants, works_at
from placewise_site.accounts.words import write_words
from placewise_site.assurance.actions.permission import check_may
from placewise_site.assurance.models import Review, Reviewer, SelfAssessment
from placewise_site.assurance.rules.reviewers import find_refusal
from placewise_site.organisations.models import Organisation
from placewise_site.organisations.queries import get_parents


@transaction.atomic
def open_review(
    *, by: User | None, place: Organisation, title: str, opened_on: date, is_invented: bool = False
) -> Review:
    check_may(by, "keep_reviews")
    review = Review.objects.create(
        at=timezone.now(), by=by, place=place, title=title, opened_on=opened_on, is_invented=is_invented
    )
    record_event(by=by, action="review_opened", subject=title, place=place.code)
    return review


@transaction.atomic
def add_reviewer(
    *, by: User | None, review: Review, person: User, organisation: Organisation, capacity: str
) -> Reviewer:
    """Raises ValidationError, with the reason, for anybody who works for the place, below it or above it."""
    check_may(by, "keep_reviews")
    held = {grant.organisation.code for grant in get_grants(person)}
    refusal = find_refusal(review.place.code, {organisation.code, *held}, get_parents())
    if refusal:
        raise ValidationError(f"{person} cannot review {review.place}: {refusal}. Ask somebody of another place.")
    reviewer = Reviewer(
        at=timezone.now(), by=by, review=review, person=person, organisation=organisation, capacity=capacity
    )
    reviewer.full_clean()
    reviewer.save()
    record_event(by=by, action="reviewer_added", subject=review.title, organisation=organisation.code)
    return reviewer


@transaction.atomic
def assess_own_place(*, by: User, review: Review, words: str) -> SelfAssessment:
    """Raises PermissionDenied for anybody but the place's own people."""
    if not works_at(by, review.place):
        raise PermissionDenied(f"Only people of {review.place} say how it sees itself.")
    said = SelfAssessment.objects.create(at=timezone.now(), by=by, review=review, words=write_words(by=by, words=words))
    record_event(by=by, action="place_assessed_itself", subject=review.title, place=review.place.code)
    return said
