"""What a practice records of its lists. The names of fields are those of the actions they go to."""

from typing import Any

from django import forms

from placewise_site.care.lifecycle import ATTENDED, OF_RECIPIENTS, Reach, Route, State

DAY = forms.DateInput(attrs={"type": "date"})


class StepForm(forms.Form):
    state = forms.ChoiceField(
        label="What was done?",
        choices=[("", "Choose"), *State.choices],
        error_messages={"required": "Choose what was done.", "invalid_choice": "Choose what was done."},
    )
    route = forms.ChoiceField(
        label="How were they invited?", choices=[("", "Not an invitation"), *Route.choices], required=False
    )
    on = forms.DateField(
        label="On which day?",
        widget=DAY,
        error_messages={"required": "Give the day.", "invalid": "Give the day as day, month and year."},
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("state") == State.INVITED and not said.get("route") and "route" not in self.errors:
            self.add_error("route", "Say how they were invited.")
        elif said.get("state") and said["state"] != State.INVITED and said.get("route"):
            self.add_error("route", "Only an invitation has a route. Choose “Not an invitation”.")
        return said


class RecipientStepForm(StepForm):
    """As a recipient of a list records its work: without treatment, and in its own words."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        states = [
            (each.value, ATTENDED if each is State.SEEN else each.label) for each in State if each in OF_RECIPIENTS
        ]
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *states]


def get_step_form(recipient: str) -> type[StepForm]:
    """recipient: the code of the one whose list it is, or "" of a practice's."""
    return RecipientStepForm if recipient else StepForm


class ReachForm(forms.Form):
    reach = forms.ChoiceField(
        label="How can this person be reached?",
        choices=Reach.choices,
        error_messages={"required": "Choose how the person can be reached."},
    )


class OutcomesForm(forms.Form):
    file = forms.FileField(
        label="The file of outcomes",
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )
