"""What people of finance write about system plans. The names of fields are those of the actions they go to."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from placewise_site.assurance.actions.finance import Part
from placewise_site.assurance.models import SystemPlan
from placewise_site.assurance.queries.finance import get_parts
from placewise_site.assurance.rules.finance import Money, get_months
from placewise_site.organisations.models import Organisation

LARGEST = 10**13
"""Pounds: beyond any health service's, so a slip of the hand is told."""
ASKED = "Write a code, income, spending and share on each line, with semicolons between: A01; 1,000,000; 980,000; 12.5"


def whole_pounds(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text="Whole pounds.", min_value=0, max_value=LARGEST)


def claim() -> forms.CharField:
    return forms.CharField(
        label="Which claim does it rest on?", max_length=300, help_text="Its name or address on the pages of evidence."
    )


class SystemPlanForm(forms.Form):
    starts_in = forms.IntegerField(
        label="In which calendar year does the financial year begin?",
        help_text="2026 for 2026/27.",
        min_value=1948,
        max_value=2200,
    )
    envelope = whole_pounds("What is the envelope of the whole system?")
    parts = forms.CharField(
        label="What is planned for each organisation?",
        help_text=f"{ASKED}. The share is of an overspend, in percent.",
        widget=forms.Textarea,
    )
    citation = claim()

    def clean_parts(self) -> list[Part]:
        return [_read_part(line) for line in self.cleaned_data["parts"].splitlines() if line.strip()]


class OwnPlanForm(forms.Form):
    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label="Which organisation's?", to_field_name="code"
    )
    income = whole_pounds("What does it receive in the year?")
    spending = whole_pounds("What does it spend in the year?")
    citation = claim()

    def __init__(self, *said: Any, plan: SystemPlan, **named: Any) -> None:
        super().__init__(*said, **named)
        parts = [part.organisation_id for part in get_parts(plan)]
        held = Organisation.objects.visible_to(None).filter(pk__in=parts)
        self.fields["organisation"].queryset = held  # type: ignore[attr-defined]


class ForecastForm(OwnPlanForm):
    month = forms.TypedChoiceField(label="As of which month?")

    def __init__(self, *said: Any, plan: SystemPlan, **named: Any) -> None:
        super().__init__(*said, plan=plan, **named)
        months = {month.isoformat(): month for month in get_months(plan.starts_in)}
        field = self.fields["month"]
        field.choices = [(key, f"{month:%B %Y}") for key, month in months.items()]  # type: ignore[attr-defined]
        field.coerce = months.__getitem__  # type: ignore[attr-defined]


def _read_part(line: str) -> Part:
    """Raises ValidationError that quotes the line."""
    try:
        code, *numbers = (each.strip() for each in line.split(";"))
        income, spending, percent = (Decimal(each.replace(",", "").removeprefix("£")) for each in numbers)
        share = percent * 100
        is_whole = all(each >= 0 and each % 1 == 0 for each in (income, spending, share))
        if not is_whole or max(income, spending) > LARGEST or percent > 100:
            raise ValueError
    except (ValueError, InvalidOperation):
        raise forms.ValidationError(f"“{line.strip()}” cannot be read. {ASKED}.") from None
    organisation = Organisation.objects.visible_to(None).filter(code=code).first()
    if organisation is None:
        raise forms.ValidationError(f"No organisation has the code {code}.")
    return Part(organisation, Money(int(income), int(spending)), int(share))
