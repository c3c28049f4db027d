"""Where Stripe posts its events: verify, keep, answer. Everything else happens in a job."""

import json
from typing import cast, get_args

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.core.errors import Invalid, NotFound
from payments.gateway import webhooks
from payments.inbox import store_event


class WebhookView(APIView):
    """One address for each of Stripe's three sources, each with a secret of its own."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def post(self, request: Request, source: str) -> Response:
        """200 when the event is kept, new or not; 400 `webhook_signature_invalid` when it is not Stripe's."""
        if source not in get_args(webhooks.Source):
            raise NotFound("not_found", _("There is nothing here."))
        body = request.body
        try:
            notice = webhooks.verify(cast(webhooks.Source, source), body, request.headers.get("Stripe-Signature"))
        except webhooks.SignatureInvalid as error:
            raise Invalid("webhook_signature_invalid", _("This was not signed by Stripe.")) from error
        if notice.livemode != webhooks.expects_live():
            raise Invalid("webhook_livemode_wrong", _("Test events don't belong here, or live ones don't."))
        store_event(source=source, event_id=notice.id, event_type=notice.type, payload=json.loads(body))
        return Response({"received": True})
