from placewise_site.organisations.models import Organisation


def get_parents() -> dict[str, str]:
    """Code -> code of the organisation above, "" at the top."""
    rows = Organisation.objects.values_list("code", "parent__code")
    return {code: above or "" for code, above in rows}


def find_places(level: str = "") -> list[Organisation]:
    """The areas of the level right below the top, by name: those that review one another."""
    return list(Organisation.objects.filter(parent__parent=None, parent__isnull=False).exclude(level=""))
