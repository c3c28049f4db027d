"""The export and the template are CSV whatever `Accept` says; a problem is JSON all the same."""

import pytest

from tests.factories import listings

FILES = {"/api/my/listings/export": "bikeens-bikes.csv", "/api/my/imports/template": "bikeens-template.csv"}
ACCEPTS = ["text/csv", "text/csv; q=0.5, application/json", "application/json", "*/*", "image/png", "nonsense", ""]


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("address", FILES)
def test_a_file_is_given_to_whoever_asks_for_it(api, alice, address, accept):
    listings.listing(alice, reference="VTC-1")
    answer = api(alice).get(address, headers={"Accept": accept})

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer["Content-Disposition"] == f'attachment; filename="{FILES[address]}"'
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("reference,status,title,")
    assert lines[1].startswith("VTC-")


@pytest.mark.parametrize("address", FILES)
def test_a_problem_is_told_to_who_reads_csv_alone(api, alice, address):
    nobody = api(None).get(address, headers={"Accept": "text/csv"})
    wrong = api(alice).post(address, headers={"Accept": "text/csv"})

    assert (nobody.status_code, nobody["Content-Type"]) == (401, "application/problem+json")
    assert nobody.json()["code"] == "not_signed_in"
    assert (wrong.status_code, wrong["Content-Type"]) == (405, "application/problem+json")
