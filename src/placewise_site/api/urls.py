from django.urls import path

from placewise_site.api.reference import reference
from placewise_site.api.resources import api

urlpatterns = [
    path("", reference, name="api_reference"),
    path("v1/", api.urls),
]
