"""The claims that papers cite, as the ledger judges them, in the words of our rules."""

from collections.abc import Iterable
from datetime import date, datetime

from placewise_site.evidence.ledger.lifecycle import Standing as LedgerStanding
from placewise_site.evidence.ledger.models import Removal, StandingRow, StatedClaim
from placewise_site.evidence.ledger.queries import get_findings
from placewise_site.evidence.ledger.queries.holding import iter_parts
from placewise_site.evidence.releases import current_release
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


def find_moved(addresses: Iterable[str]) -> list[str]:
    """Those that may no longer stand: names with a word of the ledger against them, and figures of earlier releases.

    A quick look over many; `find_cited` then says how each stands.
    """
    asked = set(addresses)
    release = current_release()
    in_force = release.manifest.release if release else ""
    past = {each for each in asked if "/" in each and each.partition("/")[0] != in_force}
    names = asked - past
    superseded = StandingRow.objects.filter(state=LedgerStanding.SUPERSEDED).values_list("citation", flat=True)
    removed = Removal.objects.values_list("claim__name", flat=True)
    return sorted(past | (names & (set(superseded) | set(removed) | set(find_corrected(names)))))


def find_corrected(names: Iterable[str], known_by: datetime | None = None) -> dict[str, datetime]:
    """Name of each claim of more than one version -> when the newest was recorded, by a moment where one is given.

    A new version stands in the place of what the claim said before, under the same name.
    """
    found: dict[str, datetime] = {}
    for some in iter_parts(names):
        rows = StatedClaim.objects.filter(name__in=some, version__gt=1)
        rows = rows.filter(recorded_at__lte=known_by) if known_by else rows
        found |= dict(rows.order_by("version").values_list("name", "recorded_at"))
    return found


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
