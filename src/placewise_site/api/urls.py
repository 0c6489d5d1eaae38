from django.urls import path

from placewise_site.api.across import api
from placewise_site.api.reference import reference

urlpatterns = [
    path("", reference, name="api_reference"),
    path("v1/", api.urls),
]
