"""What others ask of organisations."""

from placewise_site.organisations.models import Organisation


def get_parents() -> dict[str, str]:
    """Code -> code of the organisation above, "" at the top."""
    rows = Organisation.objects.values_list("code", "parent__code")
    return {code: above or "" for code, above in rows}
