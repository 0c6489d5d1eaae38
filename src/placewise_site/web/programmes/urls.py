from django.urls import path

from placewise_site.web.programmes.views import programme, programme_file, programme_list, to_do_in

urlpatterns = [
    path("", programme_list, name="programmes"),
    path("<slug:programme>/", programme, name="programme"),
    path("<slug:programme>/<slug:figure>.<slug:format>", programme_file, name="programme_file"),
    path("in/<str:code>/", to_do_in, name="to_do_in"),
]
