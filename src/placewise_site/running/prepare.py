"""Bring the site up to date: the database's tables, the static files, the organisations, a demo's accounts."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from placewise_site.evidence.deployment import get_deployment, has_deployment
from placewise_site.evidence.ledger.actions import CLAIMS_FILE, load_claims_file
from placewise_site.governance.actions import (
    destroy_descriptions_of_leavers,
    destroy_expired_interests,
    load_partnership,
)
from placewise_site.organisations.actions import load_organisations
from placewise_site.running.demo import add_demo_accounts, tell_demo_accounts
from placewise_site.running.demo_assurance import add_demo_assurance
from placewise_site.running.demo_care import work_on_demo_lists
from placewise_site.running.demo_engagement import comment_on_demo_drafts
from placewise_site.running.demo_meetings import hold_demo_meetings
from placewise_site.running.demo_seats import fill_demo_seats
from placewise_site.running.start import stamp, stamp_file

GIVES_WAY = 10
"""Added to its niceness while the release is being made: it works when that leaves a core idle."""


def prepare(wait: Callable[[], bool] | None = None) -> int:
    """wait: where the release is still being made, returns once it is in force, or False where it will not be. What
    needs no release is done before, and gives way to that work."""
    if wait:
        os.nice(GIVES_WAY)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # a terminal may stop what writes to it from the background
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    _close_to_others()
    if not settings.DEMO:
        call_command("collectstatic", interactive=False, verbosity=0)
    if has_deployment():
        load_organisations(get_deployment().hierarchy.organisations.values())
        if (claims := get_deployment().folder / CLAIMS_FILE).is_file():
            load_claims_file(by=None, path=claims)
        load_partnership(by=None, partnership=get_deployment().partnership)
        destroy_expired_interests(by=None, on=timezone.localdate())
        destroy_descriptions_of_leavers(by=None, on=timezone.localdate())
        if settings.DEMO:
            add_demo_accounts()
            fill_demo_seats()
            comment_on_demo_drafts()
            hold_demo_meetings()
    if wait and not wait():
        return 1
    if settings.DEMO and has_deployment():
        add_demo_assurance()
        work_on_demo_lists()
        tell_demo_accounts()
    stamp_file().write_text(stamp())
    return 0


def _close_to_others() -> None:
    """A SQLite file made before this was seen to may be open to others still, and those beside it take after it."""
    file = Path(settings.DATABASES["default"]["NAME"])
    for each in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        if each.is_file():
            each.chmod(0o600)
