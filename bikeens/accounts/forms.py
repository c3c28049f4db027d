from django import forms
from django.http import HttpRequest

from bikeens.accounts.models import User
from bikeens.accounts.names import clean_name


class SignupForm(forms.Form):
    """What we ask at sign-up besides what allauth asks: the name shown to others."""

    # Longer input reaches clean_name, which says what is wrong with it; whitespace is its business too.
    name = forms.CharField(strip=False, max_length=500)

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def signup(self, request: HttpRequest, user: User) -> None:
        """Required by allauth; the adapter has saved the name with the person."""
