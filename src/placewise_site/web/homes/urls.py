from django.urls import path

from placewise_site.web.homes.digest_views import this_week
from placewise_site.web.homes.views import home, home_of

urlpatterns = [
    path("", home, name="home"),
    path("home/<int:grant>/", home_of, name="home_of"),
    path("my-patients/<str:practice>/this-week/", this_week, name="this_week"),
]
