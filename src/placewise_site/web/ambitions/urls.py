from django.urls import path

from placewise_site.web.ambitions.views import ambition_file, ambition_list, ambition_page

urlpatterns = [
    path("", ambition_list, name="ambitions"),
    path("<slug:ambition>/", ambition_page, name="ambition"),
    path("<slug:ambition>/<slug:figure>.<slug:format>", ambition_file, name="ambition_file"),
]
