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
    """A claim as it stands on a day. released: there is a number that may be shown; told: how it stands, a sentence."""

    address: str
    title: str
    released: bool
    standing: Standing
    told: str = ""
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
        remedy = "Take it out of the paper, or cite the claim that replaces it."
        yield Objection(Slug.WITHDRAWN, claim.told, remedy, claim.address)
        return
    if not claim.released:
        remedy = "Cite a figure of a release, or have its source recorded as a claim."
        yield Objection(Slug.NOT_RELEASED, claim.told, remedy, claim.address)
        return
    for conflict in claim.conflicts:
        if conflict.blocks:
            remedy = "Have the contradiction resolved with a source, or cite neither number."
            yield Objection(Slug.CONTRADICTION, conflict.sentence, remedy, claim.address)
        else:
            remedy = "Say beside the figure what it means, or why the decision holds all the same."
            yield Objection(Slug.LESSER_FINDING, conflict.sentence, remedy, claim.address)
    if claim.standing is Standing.SUPERSEDED:
        yield Objection(
            Slug.SUPERSEDED, claim.told, "Cite the newer figure, or say why this one decides.", claim.address
        )
    elif claim.standing is not Standing.AGREED:
        yield Objection(
            Slug.NOT_AGREED, claim.told, "Have it agreed first, or say why it is good enough.", claim.address
        )
