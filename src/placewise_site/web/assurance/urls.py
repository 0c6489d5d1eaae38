from django.urls import path

from placewise_site.web.assurance import equality_views, owed_views, pack_views, review_views, risk_views

urlpatterns = [
    path("risks/", risk_views.risks, name="risks"),
    path("risks/new/", risk_views.new_risk, name="new_risk"),
    path("risks/<int:risk>/", risk_views.risk, name="risk"),
    path("risks/<int:risk>/score/", risk_views.score, name="score"),
    path("risks/<int:risk>/measure/", risk_views.measure_score, name="measure_score"),
    path("risks/<int:risk>/controls/", risk_views.new_control, name="new_control"),
    path("controls/<int:control>/tests/", risk_views.control_trial, name="control_trial"),
    path("owed/", owed_views.owed, name="owed"),
    path("owed/new/", owed_views.new_commitment, name="new_commitment"),
    path("owed/<int:commitment>/", owed_views.commitment, name="commitment"),
    path("owed/<int:commitment>/steps/", owed_views.step, name="step"),
    path("reviews/", review_views.reviews, name="reviews"),
    path("reviews/new/", review_views.new_review, name="new_review"),
    path("reviews/<int:review>/", review_views.review, name="review"),
    path("reviews/<int:review>/team/", review_views.new_reviewer, name="new_reviewer"),
    path("reviews/<int:review>/self-assessment/", review_views.self_assessment, name="self_assessment"),
    path("reviews/<int:review>/findings/", review_views.new_finding, name="new_finding"),
    path("packs/", pack_views.packs, name="packs"),
    path("packs/new/", pack_views.new_pack, name="new_pack"),
    path("packs/<int:pack>/", pack_views.pack, name="pack"),
    path("packs/<int:pack>.json", pack_views.pack_file, name="pack_file"),
    path("packs/<int:pack>/challenges/", pack_views.new_challenge, name="new_challenge"),
    path("challenges/<int:challenge>/answer/", pack_views.answer, name="answer_challenge"),
    path("equality/", equality_views.assessments, name="assessments"),
    path("equality/new/", equality_views.new_assessment, name="new_assessment"),
    path("equality/<int:assessment>/", equality_views.assessment, name="assessment"),
    path("equality/<int:assessment>/effects/", equality_views.effect, name="effect"),
    path("equality/<int:assessment>/signature/", equality_views.sign, name="sign_assessment"),
]
