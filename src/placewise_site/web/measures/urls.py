from django.urls import path

from placewise_site.web.measures.views import measure_file, measure_list, measure_page

urlpatterns = [
    path("", measure_list, name="measures"),
    path("<slug:measure>/", measure_page, name="measure"),
    path("<slug:measure>/<slug:figure>.<slug:format>", measure_file, name="measure_file"),
]
