"""What may be done on a page of meetings: a form, who may send it, and the action behind it.

A deed's slug is the last part of the address it is posted to. The pages offer those that a person may do and that the
state allows; the actions check both again.
"""

from placewise_site.web.meetings.deeds.deed import Deed, permissions_for
from placewise_site.web.meetings.deeds.of_items import OF_ITEM
from placewise_site.web.meetings.deeds.of_meetings import OF_BODY, OF_MEETING
from placewise_site.web.meetings.deeds.of_records import OF_ACTION, OF_DECISION, OF_PAPER

__all__ = [
    "OF_ACTION",
    "OF_BODY",
    "OF_DECISION",
    "OF_ITEM",
    "OF_MEETING",
    "OF_PAPER",
    "Deed",
    "permissions_for",
]
