from django.urls import path

from placewise_site.web.homes.views import home, home_of

urlpatterns = [path("", home, name="home"), path("home/<int:grant>/", home_of, name="home_of")]
