"""What is written about strategies and plans. The names of fields are those of the actions they go to."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from placewise_site.assurance.models import StrategyAim
from placewise_site.governance.models import Body
from placewise_site.web.assurance.forms import DAY


def body(label: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Body.objects.visible_to(None).filter(open_to=None), label=label, to_field_name="slug")


class StrategyForm(forms.Form):
    owner = body("Which body agreed it?")
    title = forms.CharField(label="What is it called?", max_length=200)
    agreed_on = forms.DateField(label="When was it agreed?", widget=DAY)
    source = forms.CharField(label="Where can it be read?", max_length=300)
    aims = forms.CharField(label="What are its aims?", help_text="One on each line.", widget=forms.Textarea)

    def clean_aims(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["aims"].splitlines() if line.strip()]


class PlannedItemForm(forms.Form):
    board = body("Which body's plan is it in?")
    plan = forms.CharField(label="What is the plan called?", max_length=200)
    title = forms.CharField(label="What is planned?", max_length=300)


class RegardForm(forms.Form):
    aim: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label="Which aim of the strategy does it serve?", required=False
    )
    reason = forms.CharField(label="Or why does it serve none?", max_length=500, required=False)

    def __init__(self, *said: Any, aims: QuerySet[StrategyAim], **named: Any) -> None:
        super().__init__(*said, **named)
        self.fields["aim"].queryset = aims  # type: ignore[attr-defined]
