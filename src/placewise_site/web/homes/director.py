"""A director's home: are we keeping our promises, which figures are in doubt, what is to be decided."""

from typing import Any

from django.http import HttpRequest

from placewise_site.accounts.models import Grant
from placewise_site.evidence.sight import Sight
from placewise_site.web.compare.gains import most_to_gain
from placewise_site.web.figures.stated import dispute_rows, dispute_sentences
from placewise_site.web.findings.rows import top_findings
from placewise_site.web.homes.decisions_due import find_decisions_due
from placewise_site.web.promises import read_promises
from placewise_site.web.sources.facts import AS_STATED, fact_rows


def director_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    facts = fact_rows(sight) if sight else []
    promises = read_promises(sight)
    return {
        "promises": promises,
        "due": find_decisions_due(request.user),
        "gains": most_to_gain(sight, grant.organisation.code),
        "measured": sum(promise.is_measured for promise in promises),
        "owned": sum(bool(promise.ambition.owner) for promise in promises),
        "doubts": [fact for fact in facts if fact.result != AS_STATED],
        "facts": len(facts),
        "found": top_findings(request.user, sight) if sight else [],
        "disputed": dispute_rows(sight) if sight else [],
        "disputes": dispute_sentences(sight, sight.stated()) if sight else [],
    }
