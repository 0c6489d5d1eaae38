"""How a claim stands. The states' slugs are for ever."""

from django.db.models import TextChoices


class Standing(TextChoices):
    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    DISPUTED = "disputed", "Disputed"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_RELEASED = "not_released", "Not released"


FOLLOWS = {
    Standing.PROPOSED: {Standing.AGREED, Standing.DISPUTED, Standing.SUPERSEDED, Standing.WITHDRAWN},
    Standing.AGREED: {Standing.DISPUTED, Standing.SUPERSEDED, Standing.WITHDRAWN},
    Standing.DISPUTED: {Standing.AGREED, Standing.SUPERSEDED, Standing.WITHDRAWN},
    Standing.SUPERSEDED: {Standing.WITHDRAWN},
    Standing.WITHDRAWN: set(),
    Standing.NOT_RELEASED: set(),
}
"""Which state may follow which. What was superseded stands again only as a new version, with its own source."""

NO_GROUND = frozenset({Standing.WITHDRAWN, Standing.NOT_RELEASED})
"""States in which there is no number to rest on."""


class Removed(TextChoices):
    """Why what a claim says is shown nowhere any more."""

    WITHDRAWN = "withdrawn", "Withdrawn by whoever stated it"
    ERASED = "erased", "Erased, since it named somebody"
    RECALLED = "recalled", "Recalled, since it told of too few people"


DESTROYS = frozenset({Removed.ERASED, Removed.RECALLED})
"""Removals that destroy the content in the record too; of a claim that was withdrawn it is kept for audit, unseen."""


class Kind(TextChoices):
    """How a stated figure came to be (placewise.floor.ledger.claim.Kind)."""

    COUNTED = "counted", "Counted"
    ESTIMATED = "estimated", "Estimated"
    MODELLED = "modelled", "Modelled"
    TOLD = "told", "Told by a document"
    TARGET = "target", "A target"
    DERIVED = "derived", "Worked out from others"
