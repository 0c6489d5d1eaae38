"""How a cited claim stands, stated or computed, and what is found against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from placewise.floor.ledger.cautions import find_overdue
from placewise.publishing.contract import HIDDEN, ClaimAddress
from placewise_site.evidence.claims import is_about_a_practice, judge_computed
from placewise_site.evidence.ledger.lifecycle import NO_GROUND, Standing
from placewise_site.evidence.ledger.models import Removal, StandingRow, StatedClaim
from placewise_site.evidence.ledger.queries.holding import Finding, find_around
from placewise_site.evidence.ledger.queries.measured import find_against_figure, find_against_stated
from placewise_site.evidence.ledger.reading import read_claim
from placewise_site.evidence.releases import Withdrawn

__all__ = ["CitedClaim", "Conflict", "Standing", "get_findings"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What was found against a claim. type: contradiction, definition, unit, footprint, overlap, misprint or overdue,
    or superseded where it rests on a claim that is; claims: all that it is among; sentence: what, and what settles it.
    """

    type: str
    severity: Literal["block", "warn"]
    claims: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """One citation, judged. title: what the figure is of, "" where it may not be said; told: how it stands, a sentence;
    superseded_by: the citation that stands in its place, or ""; version: of a stated claim, 0 of a computed one."""

    citation: str
    version: int
    title: str
    standing: Standing
    told: str
    superseded_by: str
    conflicts: tuple[Conflict, ...]

    @property
    def blocks(self) -> bool:
        """Whether a decision must not rest on it: there is no number, or it is in contradiction."""
        return self.standing in NO_GROUND or any(each.severity == "block" for each in self.conflicts)

    @property
    def why(self) -> str:
        """Why it blocks, a sentence; "" where it does not."""
        if self.standing in NO_GROUND:
            return self.told
        return next((each.sentence for each in self.conflicts if each.severity == "block"), "")

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is printed beside the figure, and what a chair reads before proceeding: a sentence each."""
        superseded = (self.told,) if self.standing == Standing.SUPERSEDED else ()
        return (*superseded, *(each.sentence for each in self.conflicts if each.severity == "warn"))


def get_findings(
    citations: Iterable[str], on: date | None = None, known_by: datetime | None = None
) -> dict[str, CitedClaim]:
    """How each cited claim stands and what is found against it, by citation.

    on: the day by which targets fall due; each document's own day where none is given. known_by: as the record stood at
    that moment; now where none is given. What was removed since is told as removed at any moment.
    """
    cited = list(dict.fromkeys(citations))
    names = [each for each in cited if "/" not in each]
    stated = _get_stated(names, on, known_by)
    computed = {each: _get_computed(each, known_by) for each in cited if "/" in each}
    return {each: (stated | computed)[each] for each in cited}


def _get_stated(names: list[str], on: date | None, at: datetime | None) -> dict[str, CitedClaim]:
    rows = {row.name: row for row in StatedClaim.objects.as_known(at).filter(name__in=names).select_related("content")}
    gone = {each.claim_id: each for each in Removal.objects.filter(claim__in=rows.values()).select_related("reason")}
    last = _get_last(names, at)
    here = [name for name, row in rows.items() if row.pk not in gone]
    found = find_around(here, at) + find_against_stated((read_claim(rows[name]) for name in here), at)
    return {name: _judge(name, rows.get(name), gone, last, found, on) for name in names}


def _judge(
    name: str,
    row: StatedClaim | None,
    gone: dict[int, Removal],
    last: dict[tuple[str, int], StandingRow],
    found: list[Finding],
    on: date | None,
) -> CitedClaim:
    if row is None:
        told = f"{name} is no claim of the record: record it with its source before citing it."
        return CitedClaim(name, 0, "", Standing.NOT_RELEASED, told, "", ())
    if removal := gone.get(row.pk):
        return CitedClaim(name, row.version, "", Standing.WITHDRAWN, f"{name} was {removal}.", "", ())
    claim = read_claim(row)
    conflicts = tuple(_tell(each) for each in (*found, *find_overdue([claim], on)) if name in each.claims)
    stood = last.get((name, row.version))
    if stood and stood.state == Standing.SUPERSEDED:
        told = f"{name} was superseded by {stood.superseded_by} on {stood.at:%-d %B %Y}."
        return CitedClaim(name, row.version, claim.statement, Standing.SUPERSEDED, told, stood.superseded_by, conflicts)
    whole = _get_last_of(claim.part_of, last) if claim.part_of else None
    if whole and whole.state == Standing.SUPERSEDED:
        told = f"{name} rests on {claim.part_of}, which {whole.superseded_by} supersedes"
        conflicts = (*conflicts, Conflict("superseded", "warn", (name, claim.part_of), f"{told}."))
    if any(each.severity == "block" for each in conflicts):
        told = f"{name} is disputed: it is in contradiction with another claim."
        return CitedClaim(name, row.version, claim.statement, Standing.DISPUTED, told, "", conflicts)
    standing = Standing(stood.state) if stood else Standing.PROPOSED
    return CitedClaim(name, row.version, claim.statement, standing, _tell_standing(name, stood), "", conflicts)


def _get_computed(address: str, at: datetime | None) -> CitedClaim:
    last = _get_last([address], at).get((address, 0))
    try:
        claim, now = judge_computed(ClaimAddress.parse(address))
    except Withdrawn as error:
        return CitedClaim(address, 0, "", Standing.WITHDRAWN, error.withdrawal.sentence, "", ())
    except (LookupError, ValueError) as error:
        told = f"{address} is no released figure: {str(error).rstrip('.')}."
        return CitedClaim(address, 0, "", Standing.NOT_RELEASED, told, "", ())
    title = "" if is_about_a_practice(claim) else f"{claim.title}, {claim.area_name}, {claim.period}"
    named = title or address
    if claim.disclosure == HIDDEN:
        told = f"{named} is hidden to protect privacy, so there is no number to rest on."
        return CitedClaim(address, 0, title, Standing.NOT_RELEASED, told, "", ())
    if claim.standing == Standing.SUPERSEDED and now is not None:
        told = f"{named}: the release in force gives another figure."
        return CitedClaim(address, 0, title, Standing.SUPERSEDED, told, str(now.address), ())
    conflicts = tuple(_tell(each) for each in find_against_figure(claim, at))
    if any(each.severity == "block" for each in conflicts):
        told = f"{named} is disputed: what was stated of it contradicts it."
        return CitedClaim(address, 0, title, Standing.DISPUTED, told, "", conflicts)
    standing = Standing(last.state) if last else Standing.PROPOSED
    return CitedClaim(address, 0, title, standing, _tell_standing(named, last), "", conflicts)


def _tell(finding: Finding) -> Conflict:
    among = ", ".join(finding.claims)
    sentence = f"{among}: {finding.told}; {finding.remedy}."
    return Conflict(finding.type, "block" if finding.blocks else "warn", finding.claims, sentence)


def _tell_standing(name: str, stood: StandingRow | None) -> str:
    if stood is None:
        return f"{name} is proposed: nobody has agreed or disputed it yet."
    return f"{name} was {stood.state} by the {stood.role.replace('_', ' ')} on {stood.at:%-d %B %Y}."


def _get_last(citations: Iterable[str], at: datetime | None) -> dict[tuple[str, int], StandingRow]:
    """The newest word on how each stands, and of the claims it is part of, by name and version."""
    asked = set(citations)
    wholes = StatedClaim.objects.filter(name__in=asked).exclude(content=None).values_list("content__part_of", flat=True)
    said: dict[str, Any] = {"citation__in": asked | set(wholes)}
    if at is not None:
        said["at__lte"] = at
    return {(each.citation, each.version): each for each in StandingRow.objects.filter(**said).order_by("pk")}


def _get_last_of(name: str, last: dict[tuple[str, int], StandingRow]) -> StandingRow | None:
    """That of the newest version which has one."""
    return max((each for key, each in last.items() if key[0] == name), key=lambda each: each.version, default=None)
