"""People, what each may see and why, who looked at what, and what people wrote."""

from placewise_site.accounts.models.grants import Agreement, Grant, Purpose, Role, SignInRole
from placewise_site.accounts.models.log import AccessEvent, AccessHead, Event
from placewise_site.accounts.models.people import User
from placewise_site.accounts.models.words import Destruction, Words, WordsText

__all__ = [
    "AccessEvent",
    "AccessHead",
    "Agreement",
    "Destruction",
    "Event",
    "Grant",
    "Purpose",
    "Role",
    "SignInRole",
    "User",
    "Words",
    "WordsText",
]
