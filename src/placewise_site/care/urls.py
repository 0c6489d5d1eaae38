from django.urls import path

from placewise_site.care.views import call_list, my_patients, sealed_list, why_listed

urlpatterns = [
    path("", my_patients, name="my_patients"),
    path("<str:practice>/<slug:list_slug>/", call_list, name="call_list"),
    path("<str:practice>/<slug:list_slug>/sealed", sealed_list, name="sealed_list"),
    path("<str:practice>/<slug:list_slug>/<slug:build>/<int:rank>/", why_listed, name="why_listed"),
]
