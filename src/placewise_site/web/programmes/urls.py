from django.urls import path

from placewise_site.web.programmes.views import programme, programme_list, to_do_in

urlpatterns = [
    path("", programme_list, name="programmes"),
    path("<slug:programme>/", programme, name="programme"),
    path("in/<str:code>/", to_do_in, name="to_do_in"),
]
