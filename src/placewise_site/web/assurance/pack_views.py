"""Packs of check-and-confirm sessions: built, read in plain English, challenged, answered."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from placewise_site.assurance.actions.packs import (
    answer_challenge,
    build_pack,
    challenge_pack,
    record_involvement,
    record_money,
)
from placewise_site.assurance.models import Challenge, Involvement, Pack
from placewise_site.assurance.queries.pack_content import NOT_RECORDED, is_same_again
from placewise_site.assurance.queries.packs import find_packs
from placewise_site.evidence.releases import current_release, find_release
from placewise_site.evidence.scale import Scale, scale_of
from placewise_site.web.assurance.asking import ask, check_may, for_roles, form_page
from placewise_site.web.assurance.forms import InvolvementForm, MoneyForm, PackForm, WordsForm
from placewise_site.web.assurance.released import programmes_of
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.meetings.day import of_a_day
from placewise_site.web.opening import answer_nothing_yet, tells_what_is_closed


@for_roles
@of_a_day
def packs(request: HttpRequest, day: AskedDay) -> HttpResponse:
    found = find_packs(request.user).defer("content")
    context = {"day": day, "packs": found, "programmes": programmes_of(request)}
    return render(request, "assurance/packs.jinja", context)


@for_roles
@of_a_day
def pack(request: HttpRequest, day: AskedDay, pack: int) -> HttpResponse:
    """A pack whose release was withdrawn tells nothing of it any more."""
    found = get_object_or_404(find_packs(request.user), pk=pack)
    cards = find_release(found.release).manifest.measures
    said = json.loads(found.content)
    context = {
        "day": day,
        "pack": found,
        "said": said,
        "not_recorded": NOT_RECORDED,
        "scales": {card.measure: scale_of(card) for card in cards} | {"": Scale()},
        "is_same": is_same_again(found),
        "involved": _read_involvement(request, said),
        "challenges": found.challenges.all(),
    }
    return render(request, "assurance/pack.jinja", context)


@for_roles
@tells_what_is_closed
def pack_file(request: HttpRequest, pack: int) -> HttpResponse:
    """The pack's bytes as they were stored."""
    found = get_object_or_404(Pack.objects.visible_to(request.user), pk=pack)
    find_release(found.release)
    name = f"{found.programme}-{found.release}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(found.content, content_type="application/json", headers=headers)


@for_roles
def new_pack(request: HttpRequest) -> HttpResponse:
    check_may(request, "build_packs")
    release = current_release()
    if release is None:
        return answer_nothing_yet(request)
    return ask(
        request,
        PackForm(request.POST or None, programmes=programmes_of(request)),
        lambda by, **said: build_pack(by=by, release=release, **said),
        title="Build a pack",
        button="Build it now",
        done="The pack is built from the release in force and from the record as it stands.",
        back=reverse("packs"),
    )


new_money = form_page(
    may="build_packs",
    form=MoneyForm,
    action=record_money,
    title="Record money",
    button="Record it",
    done="It is recorded, and will be in the next pack.",
    back="packs",
    lead="A figure of money is a claim: it is in a pack with the claim that it rests on.",
    given=lambda request, row: {"programmes": programmes_of(request)},
)


new_involvement = form_page(
    may="keep_commitments",
    form=InvolvementForm,
    action=record_involvement,
    title="Record how people were involved",
    button="Record it",
    done="It is recorded, and will be in the next pack.",
    back="packs",
    given=lambda request, row: {"programmes": programmes_of(request)},
)


new_challenge = form_page(
    may="challenge_packs",
    form=WordsForm,
    action=challenge_pack,
    title="What would you like to ask?",
    button="Ask this",
    done="Your question stands with the pack until it is answered.",
    back="pack",
    of=Pack,
    name="pack",
)


answer = form_page(
    may="answer_challenges",
    form=WordsForm,
    action=answer_challenge,
    title="Answer a challenge",
    button="Keep this answer",
    done="The answer stands beside the question.",
    back="pack",
    of=Challenge,
    name="challenge",
    back_of=lambda row: {"pack": row.pack_id},
    lead="{0.words}",
)


def _read_involvement(request: HttpRequest, said: dict[str, Any]) -> dict[int, str]:
    """Words -> what changed because of those involved, or why that was removed."""
    if said["involvement"] == NOT_RECORDED:
        return {}
    rows = Involvement.objects.visible_to(request.user).filter(
        what_changed__in=[each["words"] for each in said["involvement"]]
    )
    return {row.what_changed_id: str(row.what_changed) for row in rows.select_related("what_changed__text")}
