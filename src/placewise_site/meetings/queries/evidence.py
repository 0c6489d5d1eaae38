"""The claims that papers cite, as the ledger judges them, in the words of our rules."""

from collections.abc import Iterable
from datetime import date, datetime

from placewise_site.evidence.ledger.lifecycle import Standing as LedgerStanding
from placewise_site.evidence.ledger.queries import get_findings
from placewise_site.meetings.models import Citation, Item, Paper, PaperVersion
from placewise_site.meetings.rules.evidence import Cited, Conflict, Standing


def find_cited(addresses: Iterable[str], on: date, known_by: datetime | None = None) -> tuple[Cited, ...]:
    """In the order cited, each once."""
    return tuple(
        Cited(
            address=each.citation,
            title=each.title or each.citation,
            released=each.standing != LedgerStanding.NOT_RELEASED,
            standing=Standing.PROPOSED
            if each.standing == LedgerStanding.NOT_RELEASED
            else Standing(str(each.standing.value)),
            told=each.told,
            conflicts=tuple(
                Conflict(conflict.type, conflict.sentence, conflict.severity == "block") for conflict in each.conflicts
            ),
        )
        for each in get_findings(addresses, on=on, known_by=known_by).values()
    )


def newest_versions(item: Item) -> list[PaperVersion]:
    """The newest version of each paper of an item, with its words."""
    newest: dict[int, PaperVersion] = {}
    for version in (
        PaperVersion.objects.filter(paper__in=Paper.objects.filter(item=item))
        .select_related("words__text", "words__destruction", "paper")
        .order_by("paper", "number")
    ):
        newest[version.paper_id] = version
    return list(newest.values())


def find_addresses(versions: Iterable[PaperVersion]) -> list[str]:
    rows = Citation.objects.filter(version__in=list(versions)).order_by("pk")
    return list(dict.fromkeys(rows.values_list("address", flat=True)))
