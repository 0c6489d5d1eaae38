"""May a decision rest on what its paper cites? Only a contradiction or a number that is not released refuses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from placewise_site.meetings.rules.figures import find_figures
from placewise_site.meetings.rules.objections import Objection, Slug


class Standing(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict of a claim with another, as the ledger finds it. blocks: it is a contradiction."""

    kind: str
    sentence: str
    blocks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A claim as it stands on the day of the decision. released: a number everybody concerned may see stands there."""

    address: str
    title: str
    released: bool
    standing: Standing
    conflicts: tuple[Conflict, ...] = ()


STANDINGS_THAT_REOPEN = frozenset({Standing.SUPERSEDED, Standing.WITHDRAWN})


def find_evidence_objections(text: str, cited: Sequence[Cited], asked_for: int | None = None) -> Iterator[Objection]:
    """text: of the paper and what it recommends; asked_for: the pounds a body is asked for, no figure of evidence."""
    if not cited and (figures := find_figures(text, asked_for)):
        shown = ", ".join(dict.fromkeys(figures[:3]))
        yield Objection(
            Slug.NOTHING_CITED,
            f"The paper states figures ({shown}) and cites no claim for any of them.",
            "Cite the claim behind each figure, or take the figures out.",
        )
    for each in cited:
        yield from _find_against(each)


def _find_against(claim: Cited) -> Iterator[Objection]:
    if claim.standing is Standing.WITHDRAWN:
        yield Objection(
            Slug.WITHDRAWN,
            f"{claim.title}: this claim has been withdrawn.",
            "Take it out of the paper, or cite the claim that replaces it.",
            claim.address,
        )
        return
    if not claim.released:
        yield Objection(
            Slug.NOT_RELEASED,
            f"{claim.title}: no released claim gives this number.",
            "Cite a figure of a release, or have its source recorded as a claim.",
            claim.address,
        )
        return
    for conflict in claim.conflicts:
        if conflict.blocks:
            remedy = "Have the contradiction resolved with a source, or cite neither number."
            yield Objection(Slug.CONTRADICTION, f"{claim.title}: {conflict.sentence}", remedy, claim.address)
        else:
            remedy = "Say beside the figure what it means, or why the decision holds all the same."
            yield Objection(Slug.LESSER_FINDING, f"{claim.title}: {conflict.sentence}", remedy, claim.address)
    if claim.standing is Standing.SUPERSEDED:
        sentence = f"{claim.title}: another figure has taken the place of this one."
        yield Objection(Slug.SUPERSEDED, sentence, "Cite the newer figure, or say why this one decides.", claim.address)
    elif claim.standing is not Standing.AGREED:
        told = "is in dispute" if claim.standing is Standing.DISPUTED else "has been agreed by nobody yet"
        sentence = f"{claim.title}: this figure {told}."
        yield Objection(Slug.NOT_AGREED, sentence, "Have it agreed first, or say why it is good enough.", claim.address)
