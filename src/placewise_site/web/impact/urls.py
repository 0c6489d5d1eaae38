from django.urls import path

from placewise_site.web.impact.effect_views import effect_file, effect_page
from placewise_site.web.impact.outreach_views import outreach_file, outreach_page
from placewise_site.web.impact.views import impact_page

urlpatterns = [
    path("<slug:measure>/impact/", impact_page, name="impact"),
    path("<slug:measure>/effect/", effect_page, name="effect"),
    path("<slug:measure>/effect/<slug:figure>.<slug:format>", effect_file, name="effect_file"),
    path("<slug:measure>/outreach/", outreach_page, name="outreach"),
    path("<slug:measure>/outreach/<slug:figure>.<slug:format>", outreach_file, name="outreach_file"),
]
