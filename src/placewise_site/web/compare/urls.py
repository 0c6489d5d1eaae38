from django.urls import path

from placewise_site.web.compare.gain_views import most_to_gain_page
from placewise_site.web.compare.views import all_measures, all_measures_of

urlpatterns = [
    path("", all_measures, name="compare"),
    path("area/<str:code>/", all_measures_of, name="compare_area"),
    path("gain/", most_to_gain_page, name="most_to_gain"),
]
