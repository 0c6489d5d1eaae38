"""What stands behind a figure that somebody cites, and what is found among all claims.

found = get_findings(["F046", "r-0123456789ab/MEASURE/AREA/2026-03/all/all"], on=date(2026, 11, 22))
found["F046"].blocks        # a decision must not rest on it; `why` says so in a sentence
found["F046"].warnings      # what is printed beside the figure

A citation is the name of a stated claim ("F046", "C12") or the address of a computed one (evidence/claims.py).
"""

from placewise_site.evidence.ledger.queries.cited import CitedClaim, Conflict, Standing, get_findings
from placewise_site.evidence.ledger.queries.uses import Mark, find_uses

__all__ = ["CitedClaim", "Conflict", "Mark", "Standing", "find_uses", "get_findings"]
