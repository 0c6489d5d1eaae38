from django.urls import path

from placewise_site.care.person_views import every_contact, person
from placewise_site.care.sealed_views import sealed_every_contact, sealed_list
from placewise_site.care.views import call_list, my_patients, why_listed
from placewise_site.care.work_views import outcomes, record_work

urlpatterns = [
    path("", my_patients, name="my_patients"),
    # No list has a hyphen in its name, so none can stand in the way of these.
    path("<str:practice>/every-contact/", every_contact, name="every_contact"),
    path("<str:practice>/every-contact/sealed", sealed_every_contact, name="sealed_every_contact"),
    path("<str:practice>/every-contact/<slug:row_key>/", person, name="person_on_lists"),
    path("<str:practice>/<slug:list_slug>/", call_list, name="call_list"),
    path("<str:practice>/<slug:list_slug>/record/", record_work, name="record_work"),
    path("<str:practice>/<slug:list_slug>/outcomes/", outcomes, name="outcomes"),
    path("<str:practice>/<slug:list_slug>/sealed", sealed_list, name="sealed_list"),
    path("<str:practice>/<slug:list_slug>/<slug:build>/<int:rank>/", why_listed, name="why_listed"),
]
