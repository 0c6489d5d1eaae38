"""A pack as a tagged PDF, and on which of its pages each block stands.

The same pack gives the same bytes: no date is written, and only the fonts that come with typst are used.
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

import typst

from placewise_site.meetings.packs.contract import Pack

TEMPLATE = Path(__file__).with_name("pack.typ")
ACCESSIBLE: Final = "ua-1"  # PDF/UA-1: tagged, with a title and a language; typst refuses to write anything less


def render_pdf(pack: Pack) -> bytes:
    """PDF/UA-1, the same bytes for the same pack."""
    return bytes(
        typst.compile(
            _template(), format="pdf", pdf_standards=ACCESSIBLE, ignore_system_fonts=True, sys_inputs=_inputs(pack)
        )
    )


def find_pages(pack: Pack) -> list[int]:
    """The page of the PDF on which each block stands."""
    told = typst.query(_template(), "<placed>", field="value", ignore_system_fonts=True, sys_inputs=_inputs(pack))
    placed: list[dict[str, int]] = json.loads(told)
    return [each["page"] for each in sorted(placed, key=lambda each: each["block"])]


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _inputs(pack: Pack) -> dict[str, str]:
    said = {
        "title": pack.title,
        "body": pack.body,
        "when": pack.when,
        "where": pack.where,
        "reader": pack.reader,
        "is_invented": pack.is_invented,
        "blocks": [{"kind": each.kind, "words": each.words} for each in pack.blocks],
    }
    return {"pack": json.dumps(said)}
