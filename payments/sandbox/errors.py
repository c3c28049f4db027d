"""Refusals, in the words and the shape of Stripe."""

from http import HTTPStatus

from payments.sandbox.json_types import JsonObject


class Refusal(Exception):
    """An answer that is an error.

    `type` is Stripe's family (invalid_request_error, card_error, idempotency_error, api_error); `extra` lands beside
    it in the body (decline_code, payment_intent). With `keep` the work done so far is committed, as Stripe does for a
    declined card.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        status: int = HTTPStatus.BAD_REQUEST,
        type: str = "invalid_request_error",
        extra: JsonObject | None = None,
        keep: bool = False,
        began: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.param = param
        self.status = int(status)
        self.type = type
        self.extra = extra or {}
        self.keep = keep
        # False when the parameters were refused before anything ran: Stripe saves no idempotent answer for those.
        self.began = began

    def body(self, request_id: str) -> JsonObject:
        """Stripe's error envelope."""
        error: JsonObject = {"type": self.type, "message": self.message, **self.extra}
        if self.code is not None:
            error["code"] = self.code
            error["doc_url"] = f"https://docs.stripe.com/error-codes/{self.code.replace('_', '-')}"
        if self.param is not None:
            error["param"] = self.param
        error["request_log_url"] = f"local-stripe:/_control/calls?request={request_id}"
        return {"error": error}


def no_such(kind: str, id: str, *, param: str = "id", status: int = HTTPStatus.NOT_FOUND) -> Refusal:
    """The object asked for does not exist; `status` is 400 when it was named in a parameter."""
    return Refusal(f"No such {kind}: '{id}'", code="resource_missing", param=param, status=status)


def not_here(what: str, param: str | None = None) -> Refusal:
    """Stripe knows it, the stand-in does not: said aloud, never silently ignored."""
    return Refusal(
        f"The local Stripe does not do {what}. Stripe does; add it to payments/sandbox if the project needs it.",
        code="not_in_local_stripe",
        param=param,
        began=False,
    )
