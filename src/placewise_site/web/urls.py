from django.urls import include, path

from placewise_site.web.sources.claims import claim_page

urlpatterns = [
    path("ambitions/", include("placewise_site.web.ambitions.urls")),
    path("measures/", include("placewise_site.web.measures.urls")),
    path("population/", include("placewise_site.web.population.urls")),
    path("compare/", include("placewise_site.web.compare.urls")),
    path("findings/", include("placewise_site.web.findings.urls")),
    path("waiting/", include("placewise_site.web.waiting.urls")),
    path("sources/", include("placewise_site.web.sources.urls")),
    path("evidence/<path:address>/", claim_page, name="claim"),
]
