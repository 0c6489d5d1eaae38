"""People, what each may see and why, and who looked at what."""

from placewise_site.accounts.models.grants import Agreement, Grant, Purpose, Role
from placewise_site.accounts.models.log import AccessEvent, AccessHead, Event
from placewise_site.accounts.models.people import User

__all__ = ["AccessEvent", "AccessHead", "Agreement", "Event", "Grant", "Purpose", "Role", "User"]
