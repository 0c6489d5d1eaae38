"""A tiny invented country of published files: one system (SYS) of two places (NOR, SOU), and a neighbour (OTH)."""

import gzip
from pathlib import Path
from textwrap import dedent, indent

from placewise.floor.vocabulary.organisations import Hierarchy, Organisation
from placewise.intake.published.adapters import find_adapters
from placewise.intake.published.content import read_content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.reading import Reading


def get_file(file: str, adapter: str, options: dict, period: str = "2021", awaited: bool = False) -> PublishedFile:
    return PublishedFile(
        title="An invented file",
        file=file,
        adapter=adapter,
        publisher="Nobody",
        licence="OGL v3",
        attribution="Invented",
        period=period,
        geography_edition="Invented",
        awaited=awaited,
        options=options,
    )


def write_text(folder: Path, file: str, text: str) -> Path:
    """The text without its indentation, compressed where the name ends in .gz."""
    content = dedent(text).lstrip().encode()
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content) if file.endswith(".gz") else content)
    return path


def read_text(folder: Path, adapter: str, options: dict, text: str, period: str = "2021") -> Reading:
    """What an adapter makes of a file with this text."""
    write_text(folder, "file.csv", text)
    file = get_file("file.csv", adapter, options, period)
    return find_adapters()[adapter].model_validate(options).read("it", file, read_content(folder, "file.csv"))


def get_hierarchy() -> Hierarchy:
    rows = [
        ("SYS", "The System", "system", "system", ""),
        ("NOR", "North", "place", "place", "SYS"),
        ("SOU", "South", "place", "place", "SYS"),
        ("Z99999", "An invented practice", "practice", "practice", "NOR"),
        ("TR1", "First Trust", "trust", "", ""),
    ]
    organisations = {
        code: Organisation(
            code=code, name=name, kind=kind, level=level, parent=parent, open_from=None, open_to=None, synthetic=True,
            source="invented",
        )
        for code, name, kind, level, parent in rows
    }  # fmt: skip
    return Hierarchy(("system", "place", "practice"), organisations)


FILES = {
    "lookup.csv": """
        lsoa,place,system,decile,score
        E01000001,NOR,SYS,1,80
        E01000002,NOR,SYS,10,2
        E01000003,SOU,SYS,1,70
        E01000004,OTH,ELSE,1,75
    """,
    "people.csv": """
        lsoa,total,disabled,not_disabled
        E01000001,100,5,95
        E01000002,300,30,270
        E01000003,200,40,160
        E01000004,900,90,810
        E01000005,50,10,40
    """,
    "practices_then.csv": """
        practice,name,place,system
        A00001,Leafy Practice,NOR,SYS
        A00002,Stony Practice,SOU,SYS
        A00003,Sandy Practice,OTH,ELSE
    """,
    "practices_later.csv": """
        practice,name,place,system
        A00002,Stony Practice,SOU,SYS
        A00003,Sandy Practice,OTH,ELSE
    """,
    "qof.csv": """
        YEAR,PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PRACTICE_LIST_SIZE
        2020-21,A00001,HYP,40,TOTAL,450
        2020-21,A00002,HYP,60,TOTAL,240
        2020-21,A00003,HYP,70,TOTAL,990
    """,
    "registered.csv": """
        SUB_ICB_LOCATION_CODE,Appointment_Month,Open Practices,Patients registered at open practices
        NOR,01APR2021,1,450
        SOU,01APR2021,1,240
        OTH,01APR2021,1,990
    """,
}

SOURCES = {
    "areas": ("lookup.csv", "lookup", """
      area: {kind: lsoa21, code: lsoa}
      groups: {place: {code: place}, system: {code: system}}"""),
    "deprivation": ("lookup.csv", "deprivation_index", """
      area: {kind: lsoa21, code: lsoa}
      decile: decile
      score: score"""),
    "people": ("people.csv", "counts_in_columns", """
      area: {kind: lsoa21, code: lsoa}
      indicator: residents
      total: total
      split: disability
      groups: {disabled: disabled, not_disabled: not_disabled}"""),
    "map_then": ("practices_then.csv", "lookup", """
      area: {kind: practice, code: practice, name: name}
      groups: {place: {code: place}, system: {code: system}}"""),
    "map_later": ("practices_later.csv", "lookup", """
      area: {kind: practice, code: practice, name: name}
      groups: {place: {code: place}, system: {code: system}}"""),
    "qof": ("qof.csv", "quality_outcomes_prevalence", ""),
    "registered": ("registered.csv", "registered_patients", """
      area_kind: place"""),
}  # fmt: skip


def write_published(folder: Path, figures: str, more_sources: str = "") -> Path:
    """A published.yaml of the invented files above, with these sections after its sources."""
    text = "sources:\n"
    for source, (file, adapter, options) in SOURCES.items():
        text += f"  {source}:\n    file: {file}\n    adapter: {adapter}\n    options:{options or ' {}'}\n{_ABOUT}"
    path = folder / "published.yaml"
    path.write_text(text + indent(dedent(more_sources), "  ") + dedent(figures))
    return path


def write_files(folder: Path) -> Path:
    for file, text in FILES.items():
        write_text(folder, file, text)
    return folder


_ABOUT = """\
    title: An invented file
    publisher: Nobody
    licence: OGL v3
    attribution: Invented
    period: "2021"
    geography_edition: LSOA 2021
"""
