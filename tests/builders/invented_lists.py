"""Code lists that no deployment has yet, one invented code each."""

from collections.abc import Mapping
from datetime import date

from placewise.floor.vocabulary.code_lists import Code, CodeList


def invent_code_lists(**named: str) -> Mapping[str, CodeList]:
    """named: domain -> the names of its lists, with spaces between."""
    return {
        name: CodeList(
            name=name,
            title=name.replace("_", " ").capitalize(),
            domain=domain,
            owner="tests",
            version="1",
            source="invented",
            review_date=date(2030, 1, 1),
            status="preview",
            rows=(Code(1000 * number + place, "local", name, name),),
        )
        for number, (domain, names) in enumerate(named.items(), start=1)
        for place, name in enumerate(names.split())
    }
