"""Why these data may be here: read, and refused unless it says all it must (UK GDPR articles 5, 6, 9, 26 and 28)."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from placewise.door.contract import Declaration
from placewise.door.definition import Purpose, read_purposes
from placewise.floor.faults import refuse

_MEANING = {
    "legal_basis": "legal basis",
    "retention_until": "retention date",
    "cdm_version": "version of the CDM",
    "extracted_on": "date of the extract",
    "declares_practices": "word on whether practices are declared",
    "synthetic": "word on whether the data are synthetic",
    "opt_outs_applied": "word on which opt-outs are applied",
}


_OF_CHANGES = ("changes_since", "changes_until")
"""Stated of an extract of changes alone."""


def parse_declaration(values: Mapping[str, Any], file: Path) -> Declaration:
    """A declaration from plain values (JSON or YAML). Raises FaultsFound, in one sentence, naming all that lack."""
    known = [each.name for each in fields(Declaration) if each.name not in _OF_CHANGES or values.get(each.name)]
    lacking = [_MEANING.get(name, name) for name in known if _is_lacking(values.get(name))]
    if lacking:
        listed = " and ".join([", ".join(lacking[:-1]), lacking[-1]] if lacking[1:] else lacking)
        raise refuse(file, f"the declaration lacks {listed}", "state it before these data go any further")
    try:
        # YAML takes a version such as 5.4 for a number.
        given = {name: values[name] for name in known} | {"cdm_version": str(values["cdm_version"])}
        return TypeAdapter(Declaration).validate_python(given)
    except ValidationError as invalid:
        error = invalid.errors()[0]
        name = str(error["loc"][0])
        raise refuse(file, f"{name} cannot be {error['input']!r}", f"correct it ({error['msg']})") from None


def _is_lacking(value: object) -> bool:
    """Nothing stated: no value, or blank text. False and an empty list say something."""
    return value is None or (isinstance(value, str) and value.strip() in ("", "None"))


def check_opt_outs(declaration: Declaration, file: Path) -> None:
    """Raises FaultsFound unless the opt-outs applied are exactly those that the declared purpose needs.

    So an extract made for one purpose and labelled as another is found: one made for direct care holds everybody.
    """
    needed = read_purposes()[declaration.purpose].opt_outs
    if set(declaration.opt_outs_applied) != set(needed):
        applied, wanted = (" and ".join(kinds) or "none" for kinds in (declaration.opt_outs_applied, needed))
        fault = f"the opt-outs applied to it are {applied}, and the purpose {declaration.purpose} needs {wanted}"
        raise refuse(file, fault, "pass the records through the door again for this purpose")


def is_expired(retention_until: date) -> bool:
    """Whether the last day on which data may be kept is over."""
    return retention_until < date.today()


def check_retention(retention_until: date, source: Path) -> None:
    """Raises FaultsFound once these data may be kept no more (UK GDPR article 5(1)(e))."""
    if is_expired(retention_until):
        fault = f"these data might be kept until {retention_until:%-d %B %Y} and no longer"
        raise refuse(source, fault, "delete them, or load an extract that may still be kept")


def check_declaration(declaration: Declaration, file: Path) -> Purpose:
    """The declared purpose and what follows from it. Raises FaultsFound where the declaration cannot be relied on."""
    parse_declaration(asdict(declaration), file)
    purposes = read_purposes()
    if declaration.purpose not in purposes:
        raise refuse(
            file, f"the purpose `{declaration.purpose}` is not known", f"declare one of {', '.join(sorted(purposes))}"
        )
    if declaration.retention_until < declaration.extracted_on:
        raise refuse(file, "the retention date lies before the extract", "state until when these data may be kept")
    return purposes[declaration.purpose]
