"""Official statistics as their publisher released them, as one table an indicator."""

from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.published_words import published_words
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import HIDDEN_WORDS, NOT_REPORTED_WORDS, amount_number, count_words

COUNTS = (Column("numerator", "Counted", is_number=True), Column("denominator", "Out of", is_number=True))

LIMITS = (Column("lower", "Lower 95% limit", is_number=True), Column("upper", "Upper 95% limit", is_number=True))


def published_table(sight: Sight, indicator: str, area: str = "", split: str = "") -> Table:
    """Rows of an indicator, of one area or split where they are named, in the publisher's order.

    A proportion shows as per cent with its counts; anything else as the number itself. Raises NotReleased for an
    unknown indicator.
    """
    chosen = {"area": area, "split": split}
    rows = sight.published(indicator, **{key: value for key, value in chosen.items() if value}).to_pylist()
    is_share = any(row["unit"] == "proportion" for row in rows)
    value = Column("value", "Per cent" if is_share else "Value", is_number=True)
    words = (Column("area", "Area"), Column("period", "Period"), Column("group", "Group"))
    has_limits = any(row.get("lower") is not None for row in rows)
    columns = (*words[:1], value, *(LIMITS if has_limits else ()), *(COUNTS if is_share else ()), *words[1:])
    return Table(columns, tuple(_row(sight, row, is_share=is_share, has_limits=has_limits) for row in rows))


def as_published_words(sight: Sight) -> str:
    """How the counts of a published figure were made fit to be shown: not at all."""
    return f"Counts {published_words(sight.manifest.mode).as_all_released}."


def why_missing(row: dict[str, object]) -> str:
    """Why a published figure has no value: our own table of small areas hides small numbers too, both of a share."""
    return HIDDEN_WORDS if row["numerator"] is None and row["denominator"] is None else NOT_REPORTED_WORDS


def _row(sight: Sight, row: dict[str, object], *, is_share: bool, has_limits: bool) -> Row:
    address = sight.published_address(row)
    value = amount_number(row["value"], str(row["unit"]))  # type: ignore[arg-type]
    numbers = [number_entry(value, row["value"], why_missing(row), address)]  # type: ignore[arg-type]
    if has_limits:
        numbers += [number_entry(amount_number(row[key], str(row["unit"])), row[key]) for key in ("lower", "upper")]  # type: ignore[arg-type]
    if is_share:
        numbers += [number_entry(count_words(row[key]), row[key]) for key in ("numerator", "denominator")]  # type: ignore[arg-type]
    split, group = str(row["split"]), str(row["group"])
    about = "Everyone" if split == "all" else sight.group_title(split, group)
    name = str(row["area_name"])
    return Row(name, (words_entry(name), *numbers, words_entry(str(row["period"])), words_entry(about)))
