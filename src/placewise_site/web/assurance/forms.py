"""What people write on the pages of assurance. The names of fields are those of the actions they go to."""

from typing import Any

from django import forms

from placewise_site.accounts.words import MOST_LETTERS
from placewise_site.assurance.lifecycle import NEXT, Kind, State
from placewise_site.assurance.models.assessments import Expected
from placewise_site.assurance.models.risks import LINES
from placewise_site.assurance.rules.groups import CHARACTERISTICS
from placewise_site.organisations.models import Organisation

SCALE = [(str(each), str(each)) for each in range(1, 6)]
DAY = forms.DateInput(attrs={"type": "date"})


def words(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=MOST_LETTERS, widget=forms.Textarea
    )


def whole(label: str, hint: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, help_text=hint, choices=SCALE, coerce=int)


def organisation(label: str) -> forms.ModelChoiceField:
    """Those that answer for something: places, trusts, councils; not single practices."""
    held = Organisation.objects.visible_to(None).exclude(level="practice")
    return forms.ModelChoiceField(held, label=label, to_field_name="code")


class RiskForm(forms.Form):
    title = forms.CharField(label="What may go wrong?", max_length=200)
    what_follows = forms.CharField(label="What would follow?", max_length=500)
    owner = organisation("Which organisation answers for it?")
    likelihood = whole("How likely is it?", "1 is rare, 5 is almost certain.")
    impact = whole("How grave would it be?", "1 is negligible, 5 is catastrophic.")
    reason = words("Why this score?")
    programme = forms.SlugField(label="Programme", required=False, help_text="Leave empty for the whole system.")


class ScoreForm(forms.Form):
    likelihood = whole("How likely is it now?")
    impact = whole("How grave would it be?")
    reason = words("What changed?", "Others read this beside the score. Name no patient.")


class ControlForm(forms.Form):
    title = forms.CharField(label="What holds the risk down?", max_length=200)
    line = forms.TypedChoiceField(label="Who says that it works?", choices=LINES, coerce=int)
    test_every_days = forms.IntegerField(label="How many days is one test worth?", min_value=1, max_value=1100)


class TrialForm(forms.Form):
    on = forms.DateField(label="When was it tested?", widget=DAY)
    passed = forms.TypedChoiceField(
        label="Does it work?", choices=[("yes", "Yes"), ("no", "No")], coerce=lambda said: said == "yes"
    )
    evidence = words("What was tried, and what was found?")


class WatchForm(forms.Form):
    measure = forms.ChoiceField(label="Which measure tells how likely the risk is?")
    area = forms.CharField(label="Of which area?", max_length=20, help_text="The code of an organisation.")
    steps = forms.CharField(
        label="Four values of the measure, the best first",
        help_text="With commas between; shares from 0 to 1. As good as the first is 1, worse than the last is 5.",
    )

    def __init__(self, *said: Any, measures: dict[str, str], **named: Any) -> None:
        super().__init__(*said, **named)
        self.fields["measure"].choices = list(measures.items())  # type: ignore[attr-defined]

    def clean_steps(self) -> list[float]:
        try:
            return [float(each) for each in self.cleaned_data["steps"].split(",")]
        except ValueError:
            raise forms.ValidationError("Write numbers with commas between.") from None


class CommitmentForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it?", choices=[(each.value, each.label) for each in (Kind.RECOMMENDATION, Kind.PROMISE)]
    )
    title = forms.CharField(label="What is to be done?", max_length=300)
    source = forms.CharField(label="Where does it come from?", max_length=300, help_text="The document and the place.")
    owner = organisation("Who owes it?")
    owed_to = organisation("To whom?")
    due = forms.DateField(label="By when?", widget=DAY)
    measure = forms.SlugField(label="By which measure will it be seen to have worked?", required=False)
    no_measure_because = forms.CharField(label="Or why is there none?", max_length=200, required=False)
    programme = forms.SlugField(label="Programme", required=False)


class FindingForm(forms.Form):
    title = forms.CharField(label="What did the team find?", max_length=300)
    due = forms.DateField(label="By when is it put right?", widget=DAY)
    measure = forms.SlugField(label="By which measure will it be seen to have worked?", required=False)
    no_measure_because = forms.CharField(label="Or why is there none?", max_length=200, required=False)


class StepForm(forms.Form):
    state = forms.ChoiceField(label="Where does it stand now?")
    words = words("The evidence and where it stands, or why it is not enough", required=False)
    evidence_on = forms.DateField(label="Of which day is the evidence?", widget=DAY, required=False)

    def __init__(self, *said: Any, now: State, **named: Any) -> None:
        """now: where it stands; only what may follow can be chosen."""
        super().__init__(*said, **named)
        choices = [(each.value, each.label) for each in NEXT[now]]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    place = organisation("Which place is reviewed?")
    title = forms.CharField(label="What is the review about?", max_length=200)
    opened_on = forms.DateField(label="From when?", widget=DAY)


class ReviewerForm(forms.Form):
    person: forms.ModelChoiceField = forms.ModelChoiceField(None, label="Who?", to_field_name="email")
    organisation = organisation("From which organisation?")
    capacity = forms.CharField(label="In which capacity?", max_length=100)

    def __init__(self, *said: Any, people: Any, **named: Any) -> None:
        super().__init__(*said, **named)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    words = words("In plain words")


class PackForm(forms.Form):
    programme = forms.ChoiceField(label="Programme")

    def __init__(self, *said: Any, programmes: dict[str, str], **named: Any) -> None:
        super().__init__(*said, **named)
        self.fields["programme"].choices = list(programmes.items())  # type: ignore[attr-defined]


class MoneyForm(PackForm):
    heading = forms.CharField(label="What is the money for?", max_length=200)
    period = forms.CharField(label="Which period?", max_length=40, help_text="For example 2025/26")
    pounds = forms.IntegerField(label="Whole pounds")
    citation = forms.CharField(
        label="Which claim does it rest on?", max_length=300, help_text="Its name or address on the pages of evidence."
    )


class InvolvementForm(PackForm):
    on = forms.DateField(label="When?", widget=DAY)
    title = forms.CharField(label="What was it?", max_length=200)
    people = forms.IntegerField(label="How many people took part?", min_value=1)
    what_changed = words("What changed because of them?", "Name no patient: others will read it.")


class AssessmentForm(forms.Form):
    title = forms.CharField(label="What is proposed?", max_length=200)
    area = forms.ChoiceField(label="Where?")
    programme = forms.ChoiceField(label="Programme", required=False)

    def __init__(self, *said: Any, areas: dict[str, str], programmes: dict[str, str], **named: Any) -> None:
        super().__init__(*said, **named)
        self.fields["area"].choices = list(areas.items())  # type: ignore[attr-defined]
        self.fields["programme"].choices = [("", "None"), *programmes.items()]  # type: ignore[attr-defined]


class EffectForm(forms.Form):
    characteristic = forms.ChoiceField(
        label="For people of which characteristic?", choices=[(each, each.capitalize()) for each in CHARACTERISTICS]
    )
    expected = forms.ChoiceField(label="What is expected?", choices=Expected.choices)
    words = words("Why, and what will be done about it?")


class ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.body}: {obj}"


class ItemForm(forms.Form):
    item = ItemChoice(None, label="Which item of a meeting is it for?")

    def __init__(self, *said: Any, items: Any, may_wait: bool = False, **named: Any) -> None:
        """items: what waits for a decision; may_wait: that none need be chosen yet."""
        super().__init__(*said, **named)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        if may_wait:
            self.fields["item"].required = False
            self.fields["item"].help_text = "Leave empty where it is not planned yet."


class NothingForm(forms.Form):
    """For an action that needs no more than to be confirmed."""
