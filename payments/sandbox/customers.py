"""Customers: who pays, and the cards they have saved."""

from payments.sandbox import payment_methods
from payments.sandbox.engine import Sandbox
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

PLAIN = ("address", "description", "email", "name", "phone", "preferred_locales", "shipping")
KNOWS = frozenset({*PLAIN, "expand", "metadata"})


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """A new customer."""
    customer = new_customer(sandbox, **{name: call.params.get(name) for name in PLAIN})
    customer["metadata"] = merged({}, call.params.get("metadata"))
    sandbox.store.save(customer)
    emit(sandbox, "customer.created", customer)
    return customer


def new_customer(sandbox: Sandbox, **fields: object) -> JsonObject:
    """A customer with everything Stripe always sends."""
    return sandbox.store.insert(
        {
            "id": new_id("cus", 14),
            "object": "customer",
            "address": None,
            "balance": 0,
            "created": sandbox.now(),
            "currency": None,
            "default_source": None,
            "delinquent": False,
            "description": None,
            "email": None,
            "invoice_prefix": new_id("x", 8)[2:].upper(),
            "invoice_settings": {
                "custom_fields": None,
                "default_payment_method": None,
                "footer": None,
                "rendering_options": None,
            },
            "livemode": False,
            "metadata": {},
            "name": None,
            "next_invoice_sequence": 1,
            "phone": None,
            "shipping": None,
            "tax_exempt": "none",
            "test_clock": None,
            **fields,
            "preferred_locales": fields.get("preferred_locales") or [],
        }
    )


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One customer."""
    return sandbox.need("customer", call.ids["id"])


def update(sandbox: Sandbox, call: Call) -> JsonObject:
    """New values; an empty string unsets."""
    customer = sandbox.need("customer", call.ids["id"])
    before = {name: customer[name] for name in PLAIN if name in call.params}
    for name in before:
        customer[name] = call.params[name] or ([] if name == "preferred_locales" else None)
    customer["metadata"] = merged(customer["metadata"], call.params.get("metadata"))
    emit(sandbox, "customer.updated", sandbox.store.save(customer), before=before)
    return customer


def delete(sandbox: Sandbox, call: Call) -> JsonObject:
    """Gone, with the saved cards."""
    customer = sandbox.need("customer", call.ids["id"])
    for method in sandbox.store.find("payment_method", customer=customer["id"]):
        method["customer"] = None
        sandbox.store.save(method)
    sandbox.store.delete(customer["id"])
    emit(sandbox, "customer.deleted", customer)
    return {"id": customer["id"], "object": "customer", "deleted": True}


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Customers, newest first; by e-mail."""
    return page(sandbox, call, "customer", fields=("email",))


def index_methods(sandbox: Sandbox, call: Call) -> JsonObject:
    """The cards a customer has saved."""
    sandbox.need("customer", call.ids["id"])
    return page(sandbox, call, "payment_method", fields=("type",), fixed={"customer": call.ids["id"]})


def retrieve_method(sandbox: Sandbox, call: Call) -> JsonObject:
    """One of the cards a customer has saved."""
    return payment_methods.of_customer(sandbox, call.ids["method"], call.ids["id"])


_P = "_customer_{0}_params.Customer{1}Params"
ROUTES = (
    Route("POST", "/v1/customers", create, _P.format("create", "Create"), KNOWS),
    Route("GET", "/v1/customers", index, _P.format("list", "List"), filters("email")),
    Route("GET", "/v1/customers/{id}", retrieve, _P.format("retrieve", "Retrieve")),
    Route("POST", "/v1/customers/{id}", update, _P.format("update", "Update"), KNOWS),
    Route("DELETE", "/v1/customers/{id}", delete, _P.format("delete", "Delete")),
    Route(
        "GET",
        "/v1/customers/{id}/payment_methods",
        index_methods,
        _P.format("payment_method_list", "PaymentMethodList"),
    ),
    Route(
        "GET",
        "/v1/customers/{id}/payment_methods/{method}",
        retrieve_method,
        _P.format("payment_method_retrieve", "PaymentMethodRetrieve"),
    ),
)
