from django.urls import path

from placewise_site.web.evidence.acting import figure_standing, removal, settle, standing
from placewise_site.web.evidence.proposing import correct, propose
from placewise_site.web.evidence.views import conflicts, evidence_search, stated_claim
from placewise_site.web.sources.claims import claim_page

urlpatterns = [
    path("", evidence_search, name="evidence"),
    path("conflicts/", conflicts, name="conflicts"),
    path("conflicts/settle/", settle, name="settle_conflict"),
    path("propose/", propose, name="propose_claim"),
    path("<str:claim>/correct/", correct, name="correct_claim"),
    path("<str:claim>/", stated_claim, name="stated_claim"),
    path("<str:claim>/standing/", standing, name="claim_standing"),
    path("<str:claim>/removal/", removal, name="claim_removal"),
    path("<path:address>/standing/", figure_standing, name="figure_standing"),
    path("<path:address>/", claim_page, name="claim"),
]
