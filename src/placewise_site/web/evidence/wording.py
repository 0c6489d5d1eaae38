"""What a stated claim says, in words: amounts as they were stated, and every column of it."""

from datetime import date
from typing import Any

from placewise_site.evidence.amounts import computed_words as computed_value
from placewise_site.evidence.amounts import count_words
from placewise_site.evidence.amounts import stated_words as stated_value
from placewise_site.evidence.ledger.lifecycle import Kind

__all__ = ["columns", "computed_value", "period", "source", "stated_value", "title"]

NESTINGS = {
    "stated": "said to be part of",
    "not stated": "whether it is part of another figure is not stated",
    "separate": "said to be apart from",
    "same target": "another wording of",
    "derived": "worked out from",
}
STANDING_COLOURS = {
    "proposed": "grey", "agreed": "green", "disputed": "red", "superseded": "orange", "withdrawn": "red",
    "not_released": "grey",
}  # fmt: skip
TYPE_WORDS = {
    "contradiction": "Contradiction",
    "definition": "Definitions differ",
    "unit": "Units differ",
    "footprint": "Footprints differ",
    "overlap": "May overlap",
    "misprint": "Printed twice",
    "overdue": "Overdue",
    "superseded": "Rests on a superseded claim",
}


def title(content: Any) -> str:
    statement = str(content.statement)
    return statement[:1].upper() + statement[1:]


def columns(row: Any, content: Any) -> list[tuple[str, str]]:
    """Every column that says something: its heading and its words."""
    limits = f"{count_words(content.lower)} to {count_words(content.upper)}" if content.lower is not None else ""
    rows = [
        ("Value", stated_value(content)),
        ("Unit", content.unit),
        ("What is counted", content.basis),
        ("Of whom", content.population),
        ("Where", content.geography),
        ("Edition of the areas", content.geography_edition or "Not stated"),
        ("As of", content.as_of),
        ("Period", period(content)),
        ("Counts what was reached so far", "Yes" if content.cumulative else ""),
        ("Target by", _day(content.target_by)),
        ("Part of", _nesting(content)),
        ("Kind", str(Kind(content.kind).label)),
        ("95% interval", limits or "Not stated"),
        ("Method", content.method or "Not stated"),
        ("Version of the method", content.method_version),
        ("Small numbers", "As stated; nothing is hidden"),
        ("Printed", f"{content.times_printed} times in one sentence" if content.times_printed > 1 else ""),
        ("Measurand", content.measurand.replace("_", " ")),
        ("Held together with", content.family.replace("_", " ")),
        ("Note", content.note),
        ("Name and version", f"{row.name}, version {row.version}"),
    ]
    return [(key, words) for key, words in rows if words]


def source(row: Any, content: Any, document: Any) -> list[tuple[str, str]]:
    """document: what the document is called; None where nobody described it."""
    rows = [
        ("Document", f"{document} ({content.document})" if document else content.document),
        ("Place in it", content.section),
        ("Dated", _day(content.document_date)),
        ("Published", "Yes: everybody may read it" if row.published else "No: for people with a role here"),
        ("Read from the file", row.source_file),
        ("SHA-256 of the file", row.source_sha256),
        ("Recorded", f"{_day(row.recorded_at.date())}, {_recorder(row)}"),
    ]
    return [(key, words) for key, words in rows if words]


def _recorder(row: Any) -> str:
    return f"by {row.recorded_by}" if row.recorded_by else "from the file"


def period(content: Any) -> str:
    if content.period_from is None and content.period_to is None:
        return ""
    since = _day(content.period_from) or "a start that is not stated"
    return f"{since} to {_day(content.period_to) or 'an end that is not stated'}"


def _nesting(content: Any) -> str:
    words = NESTINGS.get(content.nesting, "")
    return f"{words} {content.part_of}".strip().capitalize() if words or content.part_of else ""


def _day(when: date | None) -> str:
    return f"{when.day} {when:%B %Y}" if when else ""
