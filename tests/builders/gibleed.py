"""A system of its own for OMOP GiBleed: a folder of data, no code, that asks how common one condition is."""

import shutil
from pathlib import Path

SET = "synthetic/eunomia_gibleed_omop53"
DEPLOYMENT = "gibleed"
CONCEPT, CODE, TERM = 80180, "396275006", "Osteoarthritis"
FIRST, MONTHS = "2014-07", 60

ICS = f"""
ics: {DEPLOYMENT}
name: GiBleed, everybody
mode: synthetic
levels: [system, practice]
organisations: organisations.csv
window: {{first: {FIRST}, months: {MONTHS}}}
deprivation_edition: none
geography_edition: none
compare_by: [age_band, sex, ethnicity]
disclosure: {{suppress_below: 8, round_to: 5}}
programmes: {{joints: {{}}}}
"""
ORGANISATIONS = """code,name,kind,level,parent,open_from,open_to,synthetic,source
ALL,GiBleed (synthetic),system,system,,,,yes,OHDSI Eunomia
P1,A practice that sent nothing,practice,practice,ALL,,,yes,invented
"""
PROGRAMME = """
programme: joints
title: Joints
why_it_matters: Sore joints keep people from work and walks.
owner: This test
status: preview
reviewed: 2026-11-01
next_review: 2027-11-01
registers:
  osteoarthritis:
    title: Osteoarthritis
    has: osteoarthritis_codes
measures:
  osteoarthritis_prevalence:
    title: People known to have osteoarthritis
    of: registered
    count: {in: osteoarthritis}
    better: neither
page:
  lead: osteoarthritis_prevalence
"""
DECLARATION = """
source: gibleed
purpose: population_health_planning
legal_basis: invented people
controller: OHDSI
retention_until: 2030-01-01
cdm_version: 5.3
extracted_on: 2019-12-31
declares_practices: false
synthetic: true
opt_outs_applied: [type_1, national]
"""
INDEX_ROW = (
    "osteoarthritis_codes,Osteoarthritis,condition,This test,1,OHDSI standardised vocabularies,2027-11-01,preview,,"
)


def write_gibleed_system(folder: Path, codelists: Path) -> None:
    """FOLDER/ deployments, programmes, codelists and declaration.yaml; to the code lists we ship one is added."""
    deployment = folder / "deployments" / DEPLOYMENT
    deployment.mkdir(parents=True)
    (deployment / "ics.yaml").write_text(ICS, encoding="utf-8")
    (deployment / "organisations.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (folder / "programmes").mkdir()
    (folder / "programmes" / "joints.yaml").write_text(PROGRAMME, encoding="utf-8")
    shutil.copytree(codelists, folder / "codelists")
    with (folder / "codelists" / "index.csv").open("a", encoding="utf-8") as index:
        index.write(INDEX_ROW + "\n")
    codes = f"concept_id,vocabulary,code,term\n{CONCEPT},SNOMED,{CODE},{TERM}\n"
    (folder / "codelists" / "osteoarthritis_codes.csv").write_text(codes, encoding="utf-8")
    (folder / "declaration.yaml").write_text(DECLARATION, encoding="utf-8")
