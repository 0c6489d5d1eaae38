"""Put a file of stated claims into the record."""

from pathlib import Path

from django.core.management import call_command

from placewise_site.evidence.deployment import FaultsFound
from placewise_site.evidence.ledger.actions import load_claims_file
from placewise_site.running.start import Unready


def load_stated_claims(file: Path) -> int:
    """Raises Unready where the file has mistakes, or would bring back what was destroyed."""
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    try:
        loaded = load_claims_file(by=None, path=file)
    except FaultsFound as found:
        raise Unready("\n".join(str(fault) for fault in found.faults)) from found
    print(f"{loaded.new} claims are new, {loaded.changed} changed and {loaded.unchanged} stand as they were.")
    print(f"{loaded.blocking} conflicts block decisions, {loaded.warning} warn.")
    return 0
