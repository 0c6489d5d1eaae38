"""May this be served here at all? Asked before anything is prepared or served."""

from django.conf import settings

from placewise_site.evidence.deployment import FaultsFound, get_deployment, is_live
from placewise_site.evidence.releases import NotReleased, current_release, is_demonstration
from placewise_site.running.start import Unready


def check_may_start() -> None:
    """Raises Unready where no deployment is named or it has mistakes, live use that is not recorded in full among them,
    and where the release in force is made of real people's records and the deployment is not live.

    The mode demo is for a demonstration's store alone: its accounts share a password that is printed.
    """
    if settings.DEMO and not is_demonstration():
        fault = "it is demo, and this store is not a demonstration"
        raise Unready(f"PLACEWISE_MODE: {fault} ({settings.PLACEWISE_STORE}); take it away, or run placewise demo.")
    try:
        get_deployment()
        current_release()
        if settings.DEMO and is_live():
            raise Unready("PLACEWISE_MODE: it is demo, and the deployment is live; take it away.")
    except FaultsFound as found:
        raise Unready(str(found)) from found
    except NotReleased as refused:
        raise Unready(f"{settings.PLACEWISE_STORE}: {refused}; set its mode to live, with live_use.") from refused
