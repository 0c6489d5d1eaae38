"""The API's modules name their routes as they are imported."""

from django.urls import path

from placewise_site.api import across, assurance, care, finance, governance, impact, ledger, meetings, strategy, told  # noqa: F401
from placewise_site.api.reference import reference
from placewise_site.api.resources import api

urlpatterns = [
    path("", reference, name="api_reference"),
    path("v1/", api.urls),
]
