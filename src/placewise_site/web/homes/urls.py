from django.urls import path

from placewise_site.web.homes.views import home

urlpatterns = [path("", home, name="home")]
