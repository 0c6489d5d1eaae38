from django.urls import path

from placewise_site.web.compare.chosen_views import side_by_side, side_by_side_file
from placewise_site.web.compare.gain_views import most_to_gain_page
from placewise_site.web.compare.map_views import map_page, map_picture
from placewise_site.web.compare.need_views import needs_and_strengths
from placewise_site.web.compare.views import all_measures, all_measures_of

urlpatterns = [
    path("", all_measures, name="compare"),
    path("area/<str:code>/", all_measures_of, name="compare_area"),
    path("areas/", side_by_side, name="side_by_side"),
    path("areas/<slug:figure>.<slug:format>", side_by_side_file, name="side_by_side_file"),
    path("map/", map_page, name="map"),
    path("map/map.svg", map_picture, name="map_picture"),
    path("needs/", needs_and_strengths, name="needs"),
    path("gain/", most_to_gain_page, name="most_to_gain"),
]
