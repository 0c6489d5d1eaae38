from placewise_site.organisations.models import Organisation


def get_parents() -> dict[str, str]:
    """Code -> code of the organisation above, "" at the top."""
    rows = Organisation.objects.values_list("code", "parent__code")
    return {code: above or "" for code, above in rows}


def get_top() -> Organisation:
    """The organisation at the top. Raises Organisation.DoesNotExist where none is loaded."""
    return Organisation.objects.filter(parent=None).exclude(level__in=("", "practice"))[:1].get()
