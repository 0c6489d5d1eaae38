"""Every mistake in the files people write: deployments, programmes and code lists."""

from collections.abc import Callable
from pathlib import Path

from placewise.config import check_deployment, data_folder, find_deployment, find_deployments
from placewise.facts import read_facts
from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.ledger.claims_file import CLAIMS_FILE, read_claims
from placewise.floor.ledger.documents_file import DOCUMENTS_FILE, read_documents
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.intake.published.build import check_published_files
from placewise.programme import read_programmes
from placewise.publishing.expected import read_expected
from placewise.publishing.figures import read_official_figures
from placewise.publishing.series import read_series

FILE_CHECKS: dict[str, tuple[Callable[[Path], object], ...]] = {
    "published.yaml": (check_published_files, read_official_figures, read_series),
    "synthetic_published.yaml": (check_published_files, read_official_figures, read_series),
    "facts.yaml": (read_facts,),
    "expected.yaml": (read_expected,),
    CLAIMS_FILE: (read_claims,),
    DOCUMENTS_FILE: (read_documents,),
}
"""What else is checked of a deployment, where it has the file."""


def find_mistakes(deployment: str | None) -> list[Fault]:
    """Every mistake of one deployment, or of all, and of the programmes and code lists."""
    faults: list[Fault] = []
    try:
        read_programmes(data_folder("programmes"), read_code_lists(data_folder("codelists")))
    except FaultsFound as found:
        faults += found.faults
    folders = [find_deployment(deployment)] if deployment else list(find_deployments().values())
    for folder in folders:
        faults += check_deployment(str(folder))
        for name, checks in FILE_CHECKS.items():
            for check in checks if (folder / name).is_file() else ():
                try:
                    check(folder / name)
                except FaultsFound as found:
                    faults += found.faults
    return faults
