"""What a name shown to others may be."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 60
# E-mail programs turn these into links, and names are in e-mails to other people.
_ADDRESS = re.compile(r"[@/\\<>]|\w{2,}\.\w{2,}")


def clean_name(name: str) -> str:
    """The name as it is kept: composed, single spaces.

    Raises ValidationError with the code required, name_too_long or name_not_plain.
    """
    name = unicodedata.normalize("NFC", name)
    if any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp") for c in name):
        raise ValidationError(_("A name is written on one line, without invisible characters."), code="name_not_plain")
    name = " ".join(name.split())
    if not any(c.isalnum() for c in name):
        raise ValidationError(_("Enter your name as others shall see it."), code="required")
    if len(name) > LONGEST:
        raise ValidationError(_("A name has at most 60 characters."), code="name_too_long")
    if _ADDRESS.search(name):
        raise ValidationError(_("Enter a name, not an address."), code="name_not_plain")
    return name
