"""What a practice records of its lists. The names of fields are those of the actions they go to."""

from typing import Any

from django import forms

from placewise_site.care.lifecycle import Reach, Route, State

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
