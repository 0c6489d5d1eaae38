"""Who owes whom what: recommendations, findings of reviews and promises, each to its evidence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from placewise_site.assurance.actions.commitments import get_state, record_commitment, take_step
from placewise_site.assurance.lifecycle import State
from placewise_site.assurance.models import Commitment
from placewise_site.assurance.queries.commitments import by_pair, get_owed
from placewise_site.web.assurance.asking import ask, for_roles, form_page
from placewise_site.web.assurance.forms import CommitmentForm, StepForm
from placewise_site.web.assurance.released import titles_of
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.meetings.day import of_a_day


@of_a_day
def owed(request: HttpRequest, day: AskedDay) -> HttpResponse:
    """Everybody reads the recommendations; people with a role here all that is owed."""
    rows = get_owed(Commitment.objects.visible_to(request.user), day.on)
    context = {"day": day, "rows": rows, "pairs": by_pair(rows), "titles": titles_of()}
    return render(request, "assurance/owed.jinja", context)


@of_a_day
def commitment(request: HttpRequest, day: AskedDay, commitment: int) -> HttpResponse:
    found = get_object_or_404(Commitment.objects.visible_to(request.user), pk=commitment)
    (row,) = get_owed(Commitment.objects.visible_to(request.user).filter(pk=found.pk), day.on)
    return render(request, "assurance/commitment.jinja", {"day": day, "row": row, "titles": titles_of()})


new_commitment = form_page(
    may="keep_commitments",
    form=CommitmentForm,
    action=record_commitment,
    title="Record what is owed",
    button="Record it",
    done="It is recorded.",
    back="owed",
)


@for_roles
def step(request: HttpRequest, commitment: int) -> HttpResponse:
    found = get_object_or_404(Commitment.objects.visible_to(request.user), pk=commitment)
    return ask(
        request,
        StepForm(request.POST or None, now=get_state(found)),
        lambda by, state, **said: take_step(by=by, commitment=found, state=State(state), **said),
        title=f"Say where it stands: {found}",
        button="Record this step",
        done="The step is recorded.",
        back=reverse("commitment", kwargs={"commitment": found.pk}),
        lead=f"{found.owner} gives evidence; {found.owed_to} closes it, or says why it is not enough.",
    )
