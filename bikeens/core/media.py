"""Uploaded pictures, where no storage of its own serves them."""

import errno

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

# A name is never used again for other content, so no browser needs to ask twice.
FOR_EVER = "public, max-age=31536000, immutable"
# All of them are; the machine's own list of endings may not know it.
KIND = "image/webp"


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file below MEDIA_ROOT; raises Http404 for anything else."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except SuspiciousFileOperation as error:
        raise Http404 from error
    except OSError as error:
        # No file can have such a name.
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error
    response["Cache-Control"] = FOR_EVER
    response["Content-Type"] = KIND
    # Whatever an upload manages to be, it is only ever shown as a picture.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
