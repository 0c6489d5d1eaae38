"""What a practice writes to a finding, and why it takes it back."""

from django import forms

from placewise_site.programmes.actions import MOST_LETTERS


class CommentForm(forms.Form):
    finding = forms.CharField(max_length=300, widget=forms.HiddenInput)
    words = forms.CharField(
        max_length=MOST_LETTERS,
        error_messages={
            "required": "Write what you want to say about this finding",
            "max_length": f"Make the comment {MOST_LETTERS:,} letters or shorter",
        },
    )


class RemovalForm(forms.Form):
    reason = forms.CharField(max_length=200)
