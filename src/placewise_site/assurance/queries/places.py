from placewise_site.organisations.models import Organisation


def get_top() -> Organisation:
    """The organisation at the top. Raises Organisation.DoesNotExist where none is loaded."""
    return Organisation.objects.filter(parent=None).exclude(level__in=("", "practice"))[:1].get()
