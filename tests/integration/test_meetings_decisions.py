"""A decision is made, refused or warned of: from the forward plan to the vote."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from builders.meetings import DAY, add_meeting, bring, build_board, paper_of, plan, sitting, take, vote
from placewise_site.accounts.models import Event
from placewise_site.governance.models import Function
from placewise_site.meetings import actions, clock
from placewise_site.meetings.lifecycle import ItemState
from placewise_site.meetings.models import Decision, Item, Override, PaperVersion, Placement, Purpose, Refusal, Vote
from placewise_site.meetings.rules.aims import Aim, Score
from placewise_site.meetings.rules.interests import Ruling
from placewise_site.organisations.models import Organisation

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def board(site: SimpleNamespace):
    return build_board()


@pytest.fixture
def meeting(board):
    return add_meeting(board)


def state_of(item: Item) -> str:
    return Item.objects.stated().get(pk=item.pk).state


def test_an_item_goes_from_the_plan_to_a_decision_with_its_votes(board, meeting):
    item = bring(board, meeting)
    assert state_of(item) == ItemState.ON_AGENDA
    with sitting(board, meeting):
        vote(board, item, chair="for", clinical="against", lay="for")
        outcome = take(board, item)
    assert outcome.objections == ()
    decision = Decision.objects.get(item=item)
    assert decision.is_carried and decision.decided_on == DAY.date()
    assert decision.tally == {"for": 2, "against": 1, "abstain": 0}
    assert decision.quorum["counted"] == 3 and decision.quorum["said_by"] == "Constitution"
    assert state_of(item) == ItemState.DECIDED
    assert Event.objects.filter(action="decision_made").count() == 1


@pytest.mark.requirement("S050")
def test_an_item_outside_the_remit_cannot_be_put_for_decision(board, meeting):
    item = plan(board, function=Function.objects.get(slug="grants"))
    with pytest.raises(ValidationError, match="Put it to Coast Committee, which decides it"):
        actions.place_item(by=board.secretary, item=item, meeting=meeting)
    assert not Placement.objects.exists() and state_of(item) == ItemState.PLANNED


def test_a_claim_nobody_released_refuses_and_the_refusal_is_kept(board, meeting):
    item = bring(board, meeting, words="142 strokes a year.", cites=("C999",))
    with sitting(board, meeting):
        vote(board, item, chair="for", clinical="for", lay="for")
        outcome = take(board, item, not_agreed="We proceed.")
    assert outcome.is_refused and outcome.decision is None
    assert [each.slug for each in outcome.objections] == ["not_released"]
    assert Refusal.objects.get().objections[0]["remedy"].startswith("Cite a figure of a release")
    assert state_of(item) == ItemState.ON_AGENDA and not Decision.objects.exists()


def test_a_figure_without_a_citation_refuses(board, meeting):
    item = bring(board, meeting, words="We prevent 142 strokes a year.")
    with sitting(board, meeting):
        vote(board, item, chair="for")
        assert [each.slug for each in take(board, item).objections] == ["nothing_cited"]


def test_without_a_quorum_nothing_is_decided_and_a_ruling_can_take_it_away(board, meeting):
    item = bring(board, meeting)
    with sitting(board, meeting, present=("chair", "lay")):
        vote(board, item, chair="for")
        actions.rule_on_interest(
            by=board.chair, item=item, membership=board.seats["lay"], ruling=Ruling.LEAVE, reason="A trustee."
        )
        (refused,) = take(board, item).objections
    assert refused.slug == "not_quorate"
    assert "1 members who may decide are present and 2 are needed" in refused.sentence
    assert "0 of the kind lay may decide and 1 must" in refused.sentence


def test_an_assessment_that_is_due_and_absent_refuses(board, meeting):
    item = plan(board, changes_service=True)
    with clock.standing_at(DAY - timedelta(days=10)):
        actions.place_item(by=board.secretary, item=item, meeting=meeting)
        actions.give_system_reason(by=board.secretary, item=item, reason="risk", told="It is too much for one place.")
    with sitting(board, meeting):
        vote(board, item, chair="for")
        slugs = [each.slug for each in take(board, item).objections]
    assert slugs == ["equality_assessment_absent", "involvement_assessment_absent"]


def test_a_place_could_decide_returns_with_a_question_and_proceeds_on_a_reason(board, meeting):
    with clock.standing_at(DAY - timedelta(days=10)):
        item = plan(board)
        actions.place_item(by=board.secretary, item=item, meeting=meeting)
    with sitting(board, meeting):
        vote(board, item, chair="for", lay="for")
        outcome = take(board, item)
        assert not outcome.is_refused and outcome.decision is None
        assert outcome.objections[0].remedy.startswith("Why is this not left to the place?")
        with pytest.raises(PermissionDenied):
            actions.decide(
                by=board.secretary, item=item, resolved="Agreed.", reasons={"place_could_decide": "One plan."}
            )
        assert take(board, item, place_could_decide="One plan for all was promised.").decision
    override = Override.objects.get()
    assert (override.slug, override.role, str(override.words)) == (
        "place_could_decide",
        "Chair",
        "One plan for all was promised.",
    )


@pytest.mark.requirement("S052")
def test_papers_issued_too_late_warn(board, meeting):
    with clock.standing_at(DAY - timedelta(days=2)):
        item = plan(board)
        actions.place_item(by=board.secretary, item=item, meeting=meeting)
        paper = actions.add_paper(by=board.secretary, item=item, title="Late", words="No figure.")
        actions.issue_paper(by=board.secretary, paper=paper)
        actions.give_system_reason(by=board.secretary, item=item, reason="risk", told="Too much for one place.")
    with sitting(board, meeting):
        vote(board, item, chair="for")
        (late,) = take(board, item).objections
    assert late.slug == "papers_late" and "by 11 September 2025" in late.sentence


def test_an_issued_paper_is_frozen_until_it_is_recalled(board, meeting):
    paper = paper_of(bring(board, meeting))
    with pytest.raises(ValidationError, match="frozen"):
        actions.write_version(by=board.secretary, paper=paper, words="Other words.")
    actions.recall_paper(by=board.secretary, paper=paper, reason="A figure was wrong.")
    actions.write_version(by=board.secretary, paper=paper, words="Other words.")
    actions.issue_paper(by=board.secretary, paper=paper)
    assert [str(each.words) for each in PaperVersion.objects.filter(paper=paper)] == [
        "Nothing is counted.",
        "Other words.",
    ]


def test_a_vote_stands_once_cast_and_only_members_in_the_room_vote(board, meeting):
    item = bring(board, meeting)
    with sitting(board, meeting, present=("chair", "lay")):
        vote(board, item, chair="for")
        with pytest.raises(ValidationError, match="the vote stands"):
            vote(board, item, chair="against")
        with pytest.raises(ValidationError, match="not there"):
            vote(board, item, clinical="for")
        with pytest.raises(PermissionDenied):
            actions.cast_vote(by=board.chair, item=item, membership=board.seats["lay"], choice="for")
    assert Vote.objects.count() == 1


def test_nobody_rules_on_themselves_and_only_the_chair_rules(board, meeting):
    item = bring(board, meeting)
    for who, seat in (("chair", "chair"), ("clinical", "lay"), ("secretary", "lay")):
        with pytest.raises(PermissionDenied):
            actions.rule_on_interest(
                by=board.people[who], item=item, membership=board.seats[seat], ruling=Ruling.NOTE, reason="None."
            )


@pytest.mark.requirement("S037")
def test_nothing_closes_without_evidence(board, meeting):
    item = bring(board, meeting)
    owner = Organisation.objects.get(code="RT1")
    action = actions.add_action(
        by=board.secretary, item=item, title="Write the plan", owner=owner, role="Director", due_on=date(2025, 12, 1)
    )
    with pytest.raises(ValidationError, match="does not close without it"):
        actions.close_action(by=board.secretary, action=action, evidence="  ")
    with pytest.raises(PermissionDenied):
        actions.close_action(by=board.people["lay"], action=action, evidence="Done.")
    actions.close_action(by=board.secretary, action=action, evidence="The plan, page 3")
    assert [each.state for each in action.steps.all()] == ["open", "done"]


def test_what_is_not_reached_is_put_off_and_placed_anew(board, meeting):
    item = bring(board, meeting)
    with sitting(board, meeting):
        actions.close_meeting(by=board.chair, meeting=meeting)
    assert state_of(item) == ItemState.DEFERRED
    later = add_meeting(board, DAY + timedelta(days=60))
    actions.place_item(by=board.secretary, item=item, meeting=later)
    assert Item.objects.stated().get(pk=item.pk).placed_at == later.pk


def test_aims_are_scored_in_a_word(board, meeting):
    item = bring(board, meeting)
    actions.score_aim(by=board.secretary, item=item, aim=Aim.RESOURCES, score=Score.HELPS, told="It saves.")
    assert item.aim_scores.get().score == Score.HELPS


class TestUrgent:
    """Chair and clinical director sign together, up to £250,000, and the next meeting is told."""

    @pytest.fixture
    def urgent(self, board):
        actions.set_urgent_rule(
            by=board.secretary,
            body=board.body,
            signed_by=["chair", "clinical"],
            limit=250_000,
            since=date(2022, 7, 1),
            source="Standing orders, invented",
        )
        item = plan(board, amount=100_000)
        actions.record_assessment(by=None, item=item, kind="equality", reference="An assessment")
        actions.give_system_reason(by=board.secretary, item=item, reason="risk", told="Too much for one place.")
        return item

    def decide(self, board, item):
        return actions.decide_urgently(by=board.chair, item=item, resolved="Money is given.", urgency="The roof leaks.")

    def test_it_is_refused_until_both_have_signed(self, board, urgent):
        with clock.standing_at(DAY):
            actions.sign(by=board.chair, item=urgent)
            assert [each.slug for each in self.decide(board, urgent).objections] == ["not_signed"]
            with pytest.raises(PermissionDenied):
                actions.sign(by=board.people["lay"], item=urgent)
            actions.sign(by=board.people["clinical"], item=urgent)
            assert self.decide(board, urgent).decision

    def test_the_report_goes_onto_the_next_agenda_by_itself(self, board, urgent):
        with clock.standing_at(DAY):
            for seat in ("chair", "clinical"):
                actions.sign(by=board.people[seat], item=urgent)
            decision = self.decide(board, urgent).decision
        report = Item.objects.get(reports=decision)
        assert report.purpose == Purpose.NOTE and state_of(report) == ItemState.PLANNED
        following = add_meeting(board, DAY + timedelta(days=30))
        assert [each.item for each in Placement.objects.filter(meeting=following)] == [report]

    def test_a_report_not_reached_goes_to_the_meeting_after(self, board, urgent):
        with clock.standing_at(DAY):
            for seat in ("chair", "clinical"):
                actions.sign(by=board.people[seat], item=urgent)
            decision = self.decide(board, urgent).decision
        first, second = (add_meeting(board, DAY + timedelta(days=days)) for days in (30, 60))
        with sitting(board, first):
            actions.close_meeting(by=board.chair, meeting=first)
        assert Placement.objects.filter(item__reports=decision).count() == 2
        assert Item.objects.stated().get(reports=decision).placed_at == second.pk
