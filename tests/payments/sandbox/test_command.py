"""`manage.py sandbox`: the stand-in with the site's settings and clock."""

import json
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from bikeens.core import clock
from tests import database
from tests.payments.sandbox.stand_in import ROOT, request


def test_it_follows_the_sites_clock(commits, tmp_path):
    command = [sys.executable, "manage.py", "sandbox", "--port", "0"]
    environment = database.environment() | {"BIKEENS_DATA_DIR": str(tmp_path)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        address = process.stdout.readline().removeprefix("Local Stripe at ").strip()

        def now():
            return json.loads(request(address, "GET", "/_control/clock")[2])["now"]

        assert abs(now() - time.time()) < 60
        clock.travel(timedelta(days=8))
        assert abs(now() - time.time() - 8 * 86400) < 60
    finally:
        process.terminate()
        process.wait(timeout=5)
        process.stdout.close()
    assert (tmp_path / "sandbox.sqlite3").exists()


def test_it_does_not_start_in_production(settings):
    settings.ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="no real money"):
        call_command("sandbox")
