"""A form that saves nothing: every kind of field, for the gallery."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nayu.kernel.components.widgets import BuddhistDate, NumberText, PhoneInput, PhotoInput


class GalleryForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"), widget=forms.TextInput({"autocomplete": "name"}), max_length=80
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("We call only about this matter."),
        widget=PhoneInput,
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            ("road", _("Road or bridge")),
            ("lamp", _("Street light")),
            ("water", _("Water supply")),
            ("waste", _("Rubbish")),
        ],
        widget=forms.RadioSelect,
    )
    village = forms.ChoiceField(
        label=_("Village"),
        choices=[
            ("", pgettext_lazy("a form's list", "Choose")),
            ("1", _("Village 1 (example)")),
            ("2", _("Village 2 (example)")),
        ],
    )
    day = forms.CharField(
        label=_("When did you see it?"),
        help_text=_("For example 21 November 2569"),
        widget=BuddhistDate,
    )
    detail = forms.CharField(
        label=_("What happened?"),
        help_text=_("Please leave out the names and ID numbers of other people."),
        widget=forms.Textarea({"maxlength": 500}),
        max_length=500,
    )
    photo = forms.FileField(
        label=_("Photograph"),
        help_text=_("A picture helps the crew find the place."),
        widget=PhotoInput,
        required=False,
    )
    households = forms.IntegerField(
        label=_("How many households does it touch?"), widget=NumberText, required=False
    )
    answer_by = forms.MultipleChoiceField(
        label=_("How may we answer you?"),
        choices=[("line", "LINE"), ("phone", _("Telephone")), ("letter", _("Letter"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("I have written what I know to be true."))

    def clean(self) -> dict[str, Any]:
        self.add_error(None, _("The gallery keeps nothing, so this form always comes back."))
        return self.cleaned_data
