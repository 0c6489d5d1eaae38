"""Reviews of places: the team, what the place says of itself, what was found and what became of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from placewise_site.accounts.queries import find_people_with_roles, works_at
from placewise_site.assurance.actions.commitments import record_commitment
from placewise_site.assurance.actions.reviews import add_reviewer, assess_own_place, open_review
from placewise_site.assurance.lifecycle import Kind
from placewise_site.assurance.models import Commitment, Review
from placewise_site.assurance.queries.commitments import get_owed
from placewise_site.assurance.queries.places import get_top
from placewise_site.web.assurance.asking import ask, check_may, for_roles, form_page
from placewise_site.web.assurance.forms import FindingForm, ReviewerForm, ReviewForm, WordsForm
from placewise_site.web.assurance.released import titles_of
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.meetings.day import of_a_day


@for_roles
@of_a_day
def reviews(request: HttpRequest, day: AskedDay) -> HttpResponse:
    found = Review.objects.visible_to(request.user).select_related("place").prefetch_related("reviewers", "findings")
    return render(request, "assurance/reviews.jinja", {"day": day, "reviews": found})


@for_roles
@of_a_day
def review(request: HttpRequest, day: AskedDay, review: int) -> HttpResponse:
    found = get_object_or_404(Review.objects.visible_to(request.user).select_related("place"), pk=review)
    rows = get_owed(Commitment.objects.visible_to(request.user).filter(review=found), day.on)
    is_of_place = works_at(request.user, found.place)
    context = {
        "day": day,
        "review": found,
        "team": found.reviewers.select_related("person", "organisation"),
        "said": found.self_assessments.select_related("words__text", "words__destruction"),
        "rows": rows,
        "titles": titles_of(),
        "is_of_place": is_of_place,
    }
    return render(request, "assurance/review.jinja", context)


new_review = form_page(
    may="keep_reviews",
    form=ReviewForm,
    action=open_review,
    title="Open a review",
    button="Open this review",
    done="The review is open. Next: gather its team.",
    back="reviews",
)


new_reviewer = form_page(
    may="keep_reviews",
    form=ReviewerForm,
    action=add_reviewer,
    title="Add somebody to the team: {0}",
    button="Add them",
    done="They are on the team.",
    back="review",
    of=Review,
    name="review",
    lead="Nobody who works for {0.place}, below it or above it, reviews it.",
    given=lambda request, row: {"people": find_people_with_roles()},
)


@for_roles
def self_assessment(request: HttpRequest, review: int) -> HttpResponse:
    found = get_object_or_404(Review.objects.visible_to(request.user).select_related("place"), pk=review)
    if not works_at(request.user, found.place):
        raise PermissionDenied(f"Only people of {found.place} say how it sees itself.")
    return ask(
        request,
        WordsForm(request.POST or None),
        lambda by, **said: assess_own_place(by=by, review=found, **said),
        title=f"How {found.place} sees itself",
        button="Keep this",
        done="It is kept.",
        back=reverse("review", kwargs={"review": found.pk}),
    )


@for_roles
def new_finding(request: HttpRequest, review: int) -> HttpResponse:
    check_may(request, "keep_reviews")
    found = get_object_or_404(Review.objects.visible_to(request.user).select_related("place"), pk=review)
    return ask(
        request,
        FindingForm(request.POST or None),
        lambda by, **said: record_commitment(
            by=by,
            review=found,
            kind=Kind.REVIEW_FINDING,
            source=f"Review: {found}",
            owner=found.place,
            owed_to=get_top(),
            **said,
        ),
        title=f"Record a finding: {found}",
        button="Record this finding",
        done="The finding is recorded, and open until there is evidence.",
        back=reverse("review", kwargs={"review": found.pk}),
    )
