"""Checkout Sessions: a payment page that lives half an hour to a day."""

from payments.sandbox.customers import new_customer
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal, not_here
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.paying import attempt, cancel, new_intent
from payments.sandbox.payment_methods import new_card
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

SHORTEST = 30 * 60
LONGEST = 24 * 3600
# Seconds a request may take to arrive: `expires_at` is half an hour from when the caller looked at the clock.
SLACK = 60
GIVEN_BACK = (
    "allowed_payment_method_types",
    "billing_address_collection",
    "branding_settings",
    "cancel_url",
    "client_reference_id",
    "consent_collection",
    "customer",
    "customer_creation",
    "customer_email",
    "integration_identifier",
    "locale",
    "origin_context",
    "payment_method_options",
    "phone_number_collection",
    "submit_type",
    "success_url",
)
KNOWS = frozenset(
    {*GIVEN_BACK, "adaptive_pricing", "custom_text", "expand", "expires_at", "line_items", "metadata", "mode"}
    | {"payment_intent_data", "saved_payment_method_options", "ui_mode", "wallet_options", "customer_update"}
)
INTENT_KNOWS = {
    "capture_method",
    "description",
    "metadata",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
}


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """A new payment page."""
    params = call.params
    _check(sandbox, params)
    now = sandbox.now()
    id = new_id("cs_test", 58)
    items = [_item(sandbox, id, index, item) for index, item in enumerate(params["line_items"])]
    currencies = {item["currency"] for item in items}
    if len(currencies) > 1:
        raise Refusal("All line items must use the same currency.", param="line_items")
    total = sum(item["amount_total"] for item in items)
    session: JsonObject = {
        "id": id,
        "object": "checkout.session",
        **dict.fromkeys(GIVEN_BACK),
        **{name: params[name] for name in GIVEN_BACK if name in params},
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "created": now,
        "currency": currencies.pop(),
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": _custom_text(params.get("custom_text")),
        "customer_account": None,
        "customer_details": None,
        "discounts": [],
        "expires_at": params.get("expires_at", now + LONGEST),
        "invoice": None,
        "invoice_creation": None,
        "livemode": False,
        "metadata": merged({}, params.get("metadata")),
        "mode": "payment",
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": "open",
        "subscription": None,
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{call.base}/pay/{id}",
        "wallet_options": None,
        "_intent": params.get("payment_intent_data") or {},
    }
    session["_due"] = session["expires_at"]
    if session["customer"]:
        session["customer_creation"] = None
        session["customer_details"] = _details(sandbox.need("customer", session["customer"]))
    for item in items:
        sandbox.store.insert(item)
    return sandbox.store.insert(session)


def _check(sandbox: Sandbox, params: JsonObject) -> None:
    """Raise Refusal for what Stripe or the stand-in would not take."""
    mode = params.get("mode")
    if mode is None:
        raise Refusal("Missing required param: mode.", code="parameter_missing", param="mode")
    if mode != "payment":
        raise not_here(f"Checkout with mode={mode}", "mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise not_here("any Checkout page but the hosted one", "ui_mode")
    for name in ("line_items", "success_url"):
        if not params.get(name):
            raise Refusal(f"Missing required param: {name}.", code="parameter_missing", param=name)
    for name in ("success_url", "cancel_url"):
        if params.get(name) and not params[name].startswith(("http://", "https://")):
            raise Refusal("Not a valid URL", code="url_invalid", param=name)
    if params.get("customer") and params.get("customer_email"):
        raise Refusal("You may only specify one of these parameters: customer, customer_email.", param="customer")
    if params.get("customer"):
        sandbox.need("customer", params["customer"], param="customer")
    if "expires_at" in params:
        ahead = params["expires_at"] - sandbox.now()
        if ahead < SHORTEST - SLACK:
            raise Refusal(
                "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
                param="expires_at",
            )
        if ahead > LONGEST + SLACK:
            raise Refusal(
                "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
                param="expires_at",
            )
    for name in params.get("payment_intent_data") or {}:
        if name not in INTENT_KNOWS:
            raise not_here(f"payment_intent_data[{name}]", f"payment_intent_data[{name}]")


def _custom_text(sent: JsonObject | None) -> JsonObject:
    places = ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
    return {place: (sent or {}).get(place) or None for place in places}


def _item(sandbox: Sandbox, session: str, index: int, item: JsonObject) -> JsonObject:
    where = f"line_items[{index}]"
    price = item.get("price_data")
    if price is None:
        if item.get("price"):
            raise Refusal(f"No such price: '{item['price']}'", code="resource_missing", param=f"{where}[price]")
        raise Refusal("Missing required param: line_items[0][price_data].", code="parameter_missing", param=where)
    if "unit_amount" not in price:
        raise Refusal(
            f"Missing required param: {where}[price_data][unit_amount].",
            code="parameter_missing",
            param=f"{where}[price_data][unit_amount]",
        )
    if price["unit_amount"] < 0:
        raise Refusal(
            "This value must be greater than or equal to 0.",
            code="parameter_invalid_integer",
            param=f"{where}[price_data][unit_amount]",
        )
    product = price.get("product_data")
    if product is None:
        raise Refusal(
            "You must specify either `product` or `product_data` when creating a price.", param=f"{where}[price_data]"
        )
    quantity = item.get("quantity", 1)
    currency = price["currency"].lower()
    return {
        "id": new_id("li"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": price["unit_amount"] * quantity,
        "amount_tax": 0,
        "amount_total": price["unit_amount"] * quantity,
        "currency": currency,
        "description": product["name"],
        "metadata": item.get("metadata") or {},
        "price": {
            "id": new_id("price"),
            "object": "price",
            "active": False,
            "billing_scheme": "per_unit",
            "created": sandbox.now(),
            "currency": currency,
            "livemode": False,
            "metadata": {},
            "product": new_id("prod", 14),
            "type": "one_time",
            "unit_amount": price["unit_amount"],
            "unit_amount_decimal": str(price["unit_amount"]),
        },
        "quantity": quantity,
        "_session": session,
        "_about": product.get("description"),
    }


def _details(customer: JsonObject, **typed: object) -> JsonObject:
    return {
        "address": customer["address"],
        "business_name": None,
        "email": customer["email"],
        "individual_name": None,
        "name": customer["name"],
        "phone": customer["phone"],
        "tax_exempt": "none",
        "tax_ids": [],
        **typed,
    }


def pay(sandbox: Sandbox, session: JsonObject, card: JsonObject) -> JsonObject:
    """The customer pressed the button: `card` has number, month, year, name, email.

    The intent comes back as requires_capture, succeeded or requires_action (the customer must see their bank first).
    Raises Refusal (402) for a card that is declined; the session stays open then.
    """
    if session["status"] != "open":
        raise Refusal(f"This Checkout Session is {session['status']}.")
    method = new_card(
        sandbox,
        number=card["number"],
        month=card["month"],
        year=card["year"],
        name=card["name"],
        email=card["email"],
    )
    session["_typed"] = {"name": card["name"], "email": card["email"]}
    if session["customer"] is None and session["customer_creation"] == "always":
        session["customer"] = new_customer(sandbox, name=card["name"], email=card["email"])["id"]
    intent = _intent(sandbox, session)
    sandbox.store.save(session)
    intent = attempt(sandbox, intent, method)
    if intent["status"] != "requires_action":
        complete(sandbox, session, intent)
    return intent


def _intent(sandbox: Sandbox, session: JsonObject) -> JsonObject:
    """The session's intent, made when somebody first tries to pay."""
    if session["payment_intent"] is not None:
        return sandbox.need("payment_intent", session["payment_intent"])
    wanted = dict(session["_intent"])
    intent = new_intent(
        sandbox,
        amount=session["amount_total"],
        currency=session["currency"],
        customer=session["customer"],
        metadata=merged({}, wanted.pop("metadata", None)),
        **wanted,
    )
    session["payment_intent"] = intent["id"]
    return intent


def complete(sandbox: Sandbox, session: JsonObject, intent: JsonObject) -> None:
    """The payment went through: the page is done."""
    typed = session.get("_typed") or {}
    customer = sandbox.store.get("customer", session["customer"]) if session["customer"] else None
    if customer is None:
        customer = dict.fromkeys(("address", "email", "name", "phone"))
    session["customer_details"] = _details(
        customer, email=customer["email"] or typed.get("email"), name=customer["name"] or typed.get("name")
    )
    session.update(
        status="complete",
        payment_status="paid" if intent["status"] == "succeeded" else "unpaid",
        url=None,
        _due=None,
    )
    emit(sandbox, "checkout.session.completed", sandbox.store.save(session))


def end(sandbox: Sandbox, session: JsonObject) -> JsonObject:
    """The page can no longer be paid; an attempt that was under way is given up."""
    session.update(status="expired", url=None, _due=None)
    sandbox.store.save(session)
    if session["payment_intent"] is not None:
        intent = sandbox.need("payment_intent", session["payment_intent"])
        if intent["status"] in ("requires_payment_method", "requires_action", "requires_confirmation"):
            cancel(sandbox, intent, "expired")
    emit(sandbox, "checkout.session.expired", session)
    return session


def expire(sandbox: Sandbox, call: Call) -> JsonObject:
    """Close the page now. Raises Refusal unless it is open."""
    session = sandbox.need("checkout.session", call.ids["id"])
    if session["status"] != "open":
        raise Refusal(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of '
            f"{session['status']}."
        )
    return end(sandbox, session)


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One session."""
    return sandbox.need("checkout.session", call.ids["id"])


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Sessions, newest first; by customer, intent or status."""
    return page(sandbox, call, "checkout.session", fields=("customer", "payment_intent", "status"))


def index_items(sandbox: Sandbox, call: Call) -> JsonObject:
    """What a session sells."""
    sandbox.need("checkout.session", call.ids["id"])
    return page(sandbox, call, "item", fixed={"_session": call.ids["id"]})


_P = "checkout._session_{0}_params.Session{1}Params"
_ONE = "/v1/checkout/sessions/{id}"
ROUTES = (
    Route("POST", "/v1/checkout/sessions", create, _P.format("create", "Create"), KNOWS),
    Route(
        "GET",
        "/v1/checkout/sessions",
        index,
        _P.format("list", "List"),
        filters("customer", "payment_intent", "status"),
    ),
    Route("GET", _ONE, retrieve, _P.format("retrieve", "Retrieve")),
    Route("POST", f"{_ONE}/expire", expire, _P.format("expire", "Expire")),
    Route("GET", f"{_ONE}/line_items", index_items, _P.format("line_item_list", "LineItemList")),
)
