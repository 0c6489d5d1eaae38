from django.urls import path

from placewise_site.web.population.views import population, population_file

urlpatterns = [
    path("", population, name="population"),
    path("<slug:figure>.<slug:format>", population_file, name="population_file"),
]
