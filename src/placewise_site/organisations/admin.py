"""The deployment's organisations, to look at and to choose from: they come from its file (actions.py)."""

from django.contrib.admin import register

from placewise_site.organisations.administration import ToRead, administration
from placewise_site.organisations.models import Organisation


@register(Organisation, site=administration)
class OrganisationAdmin(ToRead):
    list_display = ("code", "name", "kind", "level", "parent", "open_to", "synthetic")
    list_filter = ("kind", "level")
    search_fields = ("code", "name")
