"""Every address of the site, by the part that answers it."""

from django.urls import include, path

from placewise_site.organisations.administration import administration
from placewise_site.web.about import about, logo
from placewise_site.web.errors import bad_request, forbidden, not_found, server_error
from placewise_site.web.health import healthz

urlpatterns = [
    path("", include("placewise_site.web.homes.urls")),
    path("", include("placewise_site.web.urls")),
    path("about/", about, name="about"),
    path("logo", logo, name="logo"),
    path("", include("placewise_site.accounts.urls")),
    path("my-patients/", include("placewise_site.care.urls")),
    path("api/", include("placewise_site.api.urls")),
    path("admin/", administration.urls),
    path("healthz", healthz, name="healthz"),
]

handler400, handler403, handler404, handler500 = bad_request, forbidden, not_found, server_error
