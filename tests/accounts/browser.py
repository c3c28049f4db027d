"""A browser as allauth's headless API sees it: cookies, CSRF token, JSON both ways."""

import re

from django.core import mail
from django.test import Client

ROOT = "/_allauth/browser/v1"


class Browser:
    """Speaks to allauth as the pages do. `language` is the page's."""

    def __init__(self, language="en"):
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        self.get("/config")

    def get(self, path):
        return self.client.get(f"{ROOT}{path}")

    def post(self, path, **body):
        return self._send("post", path, body)

    def delete(self, path, **body):
        return self._send("delete", path, body)

    def _send(self, method, path, body):
        token = self.client.cookies["csrftoken"].value
        send = getattr(self.client, method)
        return send(f"{ROOT}{path}", body, content_type="application/json", headers={"x-csrftoken": token})

    def api(self, path):
        return self.client.get(f"/api/{path}")

    @property
    def signed_in(self):
        return self.get("/auth/session").status_code == 200


def errors_of(answer):
    return [(error.get("param"), error["code"]) for error in answer.json()["errors"]]


def flows_of(answer):
    return {flow["id"]: flow.get("is_pending", False) for flow in answer.json()["data"]["flows"]}


def code_mailed():
    """The code in the letter sent last."""
    (code,) = re.findall(r"^\s+(\d{4}-\d{4})$", mail.outbox[-1].body, re.MULTILINE)
    return code
