from django.urls import path

from placewise_site.web.sources.indicator_views import published, published_file
from placewise_site.web.sources.views import facts, published_list, releases, sources

urlpatterns = [
    path("", sources, name="sources"),
    path("releases/", releases, name="releases"),
    path("facts/", facts, name="facts"),
    path("published/", published_list, name="published_list"),
    path("published/<slug:indicator>/", published, name="published"),
    path("published/<slug:indicator>.csv", published, {"as_csv": True}, name="published_csv"),
    path("published/<slug:indicator>/<slug:figure>.<slug:format>", published_file, name="published_file"),
]
