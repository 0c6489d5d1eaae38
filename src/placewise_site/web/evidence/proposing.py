"""Propose a claim that somebody read in a document, or correct one: every column, by the rules of a claims file."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewise_site.accounts.models import User
from placewise_site.evidence.ledger.actions import correct_claim, propose_claim
from placewise_site.evidence.ledger.models import StatedClaim
from placewise_site.evidence.ledger.queries.listing import find_named
from placewise_site.evidence.ledger.reading import CHOICES, Stated, read_cells, write_cells
from placewise_site.evidence.releases import current_release

PARTS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "Where it stands": (
        ("document", "Document", "Its name, or the letter by which the claims file has it"),
        ("section", "Place in it", "A heading, page or paragraph"),
        ("document_date", "Day the document is dated", "2021-12-01"),
    ),
    "What it says": (
        ("statement", "What is stated, in a few words", "Name nobody"),
        ("value", "Value", "Digits, or the word of a status"),
        ("value_high", "Upper value of a range", ""),
        ("unit", "Unit", "people, percent, GBP, status ..."),
        ("bound", "Is it exact?", ""),
        ("kind", "Kind", ""),
        ("population_or_definition", "Of whom or what", ""),
        ("basis", "What exactly is counted", "Or that it is not stated"),
        ("geography", "Where", ""),
        ("geography_edition", "Edition of the areas", ""),
        ("as_of", "As of", "2021, 2021-12 or 2021-12-01"),
        ("cumulative", "Does it count what was reached so far?", ""),
        ("period_from", "First month or day counted", "2019-01"),
        ("period_to", "Last month or day counted", "2021-04"),
        ("target_by", "A target: by when", "2024-12-31"),
        ("lower", "Lower limit stated with it", ""),
        ("upper", "Upper limit stated with it", ""),
        ("method", "Method", ""),
        ("method_version", "Version of the method", ""),
        ("times_printed", "How often the sentence prints the number", "1, unless it is a misprint"),
    ),
    "What it is held against": (
        ("measurand", "Measurand", "One name for all who state the same thing: people_reviewed"),
        ("family", "Family", "Figures that people add, subtract or divide: reviews"),
        ("part_of", "Part of", "The name of another claim"),
        ("nesting", "How it stands to that claim", ""),
        ("measure", "Our own count of the same thing", "The figure of the same area and month is held against it"),
        ("note", "Note", "No rule reads it"),
    ),
}
"""Heading -> name of the column, label and hint of each box."""

BLANK = {"kind": "told", "bound": "exact", "cumulative": "no", "times_printed": "1"}


@login_required
def propose(request: HttpRequest) -> HttpResponse:
    def write(by: User, claim: Stated, published: bool) -> StatedClaim:
        return propose_claim(by=by, claim=claim, published=published)

    return _answer(request, "Propose a claim", BLANK, False, write)


@login_required
def correct(request: HttpRequest, claim: str) -> HttpResponse:
    row = find_named(request.user, [claim]).get(claim)
    if row is None:
        raise Http404(f"no claim {claim} is for you to read")

    def write(by: User, stated: Stated, published: bool) -> StatedClaim:
        return correct_claim(by=by, name=claim, claim=stated, published=published)

    return _answer(request, f"Correct claim {claim}", write_cells(row), row.published, write)


def _answer(
    request: HttpRequest,
    title: str,
    cells: Mapping[str, str],
    published: bool,
    write: Callable[[User, Stated, bool], StatedClaim],
) -> HttpResponse:
    if not request.user.has_perm("evidence.propose_claims"):
        raise PermissionDenied("Your role does not propose claims: ask an analyst or the board secretary.")
    errors: list[str] = []
    if request.method == "POST":
        assert isinstance(request.user, User)
        kept, named = cells, [name for boxes in PARTS.values() for name, _, _ in boxes]
        cells = dict(cells) | {name: request.POST.get(name, "").strip() for name in named}
        published = "published" in request.POST
        try:
            if cells.get("measure", "") not in ("", *_measures(kept)):
                raise ValidationError(f"{cells['measure']} is no measure of ours.")
            row = write(request.user, read_cells(cells), published)
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, f"{row.name} is proposed. Somebody else agrees it.")
            return redirect("stated_claim", claim=row.name)
    context: dict[str, Any] = {
        "heading": title,
        "parts": PARTS,
        "cells": cells,
        "choices": {**CHOICES, "measure": ("", *_measures(cells))},
        "published": published,
        "errors": errors,
    }
    return render(
        request, "evidence/propose.jinja", context, status=HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK
    )


def _measures(cells: Mapping[str, str]) -> list[str]:
    """Those of the release in force, and the one that a claim names already."""
    release = current_release()
    known = {each.measure for each in release.manifest.measures} if release else set()
    return sorted((known | {cells.get("measure", "")}) - {""})
