"""A vision, statement by statement, and what it can be traced to."""

from collections.abc import Mapping

from placewise.gaps.ambitions.contract import StatementCard
from placewise.gaps.ambitions.definition import Statement


def build_statements(
    statements: Mapping[str, Statement],
    ambitions: Mapping[str, str],
    programmes: Mapping[str, str],
    measures: Mapping[str, str],
) -> tuple[StatementCard, ...]:
    """The coverage of a vision; the mappings are of titles by slug, of what there is."""
    return tuple(
        StatementCard(
            says=each.says,
            source=each.source,
            measures=tuple(measures[slug] for slug in each.measures if slug in measures),
            programmes=tuple(programmes[slug] for slug in each.programmes if slug in programmes),
            ambitions=tuple(ambitions[slug] for slug in each.ambitions if slug in ambitions),
            note=each.note,
        )
        for each in statements.values()
    )
