from django.urls import include, path

urlpatterns = [
    path("ambitions/", include("placewise_site.web.ambitions.urls")),
    path("measures/", include("placewise_site.web.measures.urls")),
    path("measures/", include("placewise_site.web.impact.urls")),
    path("population/", include("placewise_site.web.population.urls")),
    path("compare/", include("placewise_site.web.compare.urls")),
    path("findings/", include("placewise_site.web.findings.urls")),
    path("waiting/", include("placewise_site.web.waiting.urls")),
    path("assurance/", include("placewise_site.web.assurance.urls")),
    path("sources/", include("placewise_site.web.sources.urls")),
    path("evidence/", include("placewise_site.web.evidence.urls")),
    path("messages/", include("placewise_site.web.stories.urls")),
    path("meetings/", include("placewise_site.web.meetings.urls")),
    path("governance/", include("placewise_site.web.governance.urls")),
    path("programmes/", include("placewise_site.web.programmes.urls")),
    path("packs/", include("placewise_site.web.packs.urls")),
]
