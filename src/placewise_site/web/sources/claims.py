"""Check this figure: the page of one claim, reached from the number itself wherever it is shown."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.accounts.models import User
from placewise_site.evidence.claims import CheckedClaim, Claim, find_citation, find_claim
from placewise_site.evidence.ledger.lifecycle import FOLLOWS, Standing
from placewise_site.evidence.ledger.queries import find_uses, get_findings
from placewise_site.evidence.releases import Withdrawn
from placewise_site.web.figures.published_words import published_words
from placewise_site.web.figures.wording import amount_words, count_words, month_words, state_words
from placewise_site.web.opening import tells_what_is_closed
from placewise_site.web.withdrawn import answer_withdrawn

KINDS = {
    "counted": "Counted from records",
    "estimated": "Estimated",
    "modelled": "Modelled",
    "told": "Told by a document",
}


@tells_what_is_closed
def claim_page(request: HttpRequest, address: str) -> HttpResponse:
    try:
        found = find_claim(address, request.user)
    except Withdrawn as error:
        cited = find_citation(address, request.user)
        return answer_withdrawn(request, error.withdrawal, cited_on=cited.recorded_at if cited else None)
    return render(
        request,
        "sources/claim.jinja",
        {"found": found, "claim": found.claim, **_words(found), **_ledger(found, request.user)},
    )


def _words(found: CheckedClaim) -> dict[str, object]:
    claim = found.claim
    return {
        "value": _amount(claim),
        "now": _amount(found.now) if found.now else "",
        "group": _group(found),
        "period": _period(claim.period),
        "figure_rows": [_row(key, words) for key, words in _figure(found) if words],
        "method_rows": [_row(key, words) for key, words in _method(found) if words],
    }


def _ledger(found: CheckedClaim, user: User | AnonymousUser) -> dict[str, object]:
    """Whether somebody agreed or disputed the figure, what is found against it, and what rests on it."""
    address = str(found.claim.address)
    cited = get_findings([address])[address]
    may_agree = bool(FOLLOWS[cited.standing] & {Standing.AGREED, Standing.DISPUTED})
    return {
        "cited": cited,
        "uses": find_uses(address),
        "may_agree": may_agree and user.has_perm("evidence.agree_claims"),
    }


def _amount(claim: Claim) -> str:
    return state_words(claim.disclosure) or amount_words(claim.value, claim.unit)


def _row(key: str, words: str) -> dict[str, dict[str, str]]:
    return {"key": {"text": key}, "value": {"text": words}}


def _figure(found: CheckedClaim) -> list[tuple[str, str]]:
    claim = found.claim
    interval = f"{amount_words(claim.lower, claim.unit)} to {amount_words(claim.upper, claim.unit)}"
    has_numerator = claim.numerator is not None  # a mean or median has none: its denominator is what was counted
    return [
        ("Value", _amount(claim)),
        ("Counted", count_words(claim.numerator if has_numerator else claim.denominator)),
        ("Out of", count_words(claim.denominator) if has_numerator else ""),
        ("95% interval", interval if claim.lower is not None else ""),
        ("Of whom", _group(found)),
        ("Where", f"{claim.area_name} ({claim.address.area})"),
        ("As of", _period(claim.period)),
        ("Small numbers", _disclosure(found)),
        ("Address", str(claim.address)),
    ]


def _interval_method(found: CheckedClaim) -> str:
    """Of a measure's value; of a published one its note says it, under the method."""
    if found.card is None:
        return ""
    exact = found.card.limits == "exact"
    return {
        "proportion": f"{'Exact (Clopper and Pearson)' if exact else 'Wilson score interval'}, from the rounded counts",
        "rate": "Byar's, exact below 10 events, from the rounded counts",
        "mean": "Student's t",
        "median": "By rank (Campbell and Gardner)",
    }[found.card.statistic]


def _method(found: CheckedClaim) -> list[tuple[str, str]]:
    claim, card, manifest = found.claim, found.card, found.manifest
    return [
        ("Kind", KINDS[claim.kind]),
        ("Method", f"{claim.method[:1].upper()}{claim.method[1:]}"),
        ("Method version", claim.method_version),
        ("Interval", _interval_method(found) if claim.lower is not None else ""),
        ("Owner", card.owner if card else ""),
        ("Areas", claim.geography_edition or "Edition not stated"),
        ("Deprivation", manifest.deprivation_edition or "" if manifest and card else ""),
        ("Release", f"{manifest.release}, from build {manifest.build}" if manifest else ""),
    ]


def _disclosure(found: CheckedClaim) -> str:
    claim = found.claim
    if claim.disclosure == "as published" and _is_worked_out(found):
        return "Worked out from counts as their publishers released them"
    if claim.disclosure == "as published":
        return published_words(found.manifest.mode if found.manifest else "").as_released.capitalize()
    told = str(found.manifest.disclosure["told"]) if found.manifest else ""
    words = {"shown": "Shown", "hidden": "Hidden", "no_data": "Nothing was reported, which is not a zero"}
    return f"{words[claim.disclosure]}. {told}"


def _is_worked_out(found: CheckedClaim) -> bool:
    """Whether a published figure is one that no publisher gave: a change against a baseline, or our own life table."""
    said = found.manifest.indicators.get(found.claim.address.measure, {}) if found.manifest else {}
    return bool(said.get("baseline") or said.get("beside"))


def _period(period: str) -> str:
    """A month in words; a publisher's own period as it was written."""
    try:
        return month_words(period)
    except ValueError:
        return period


def _group(found: CheckedClaim) -> str:
    """Whom the figure is about, in words: Ethnic group: White."""
    address = found.claim.address
    if address.split == "all":
        return "Everyone"
    said = found.manifest.splits.get(address.split, {}) if found.manifest else {}
    titles = {each["group"]: each["title"] for each in said.get("groups", ())}
    return f"{said.get('title', address.split)}: {titles.get(address.group, address.group)}"
