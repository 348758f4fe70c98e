"""Each format is read by its content: what the controls say, the day, licences and counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.scan_files import (
    ADDRESSES,
    TENANT_INFO,
    assessment,
    assessment_test,
    csv_file,
    device,
    every_file,
    finding,
    finding_row,
    flow,
    json_file,
    maester,
    maester_test,
    only,
    page,
    person,
    profile,
    read,
    results,
    said,
    scuba_control,
    scuba_table,
    scubagear,
    scubagoggles,
    secure_score,
    sku,
    zip_file,
)
from zt_planner.domain.scan import CountKind, FoundLicence, ScanKind, Tally

MFA, SIGN_INS, ENROLLED = "OverviewAuthMethodsAllUsers", "OverviewCaMfaAllUsers", "ManagedDevices"


# Zero Trust Assessment


def test_an_assessment_says_its_day_as_it_was_where_it_ran() -> None:
    scan = only(json_file(assessment(assessment_test("21796", "Passed"))))
    assert (scan.kind, scan.day) == (ScanKind.ZTA, date(2026, 5, 19))


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00", "2999-01-01T00:00:00Z", "2026-13-45", None])
def test_a_day_that_no_plan_takes_is_none(day: str | None) -> None:
    assert only(json_file(assessment(ExecutedAt=day))).day is None


def test_an_id_may_be_a_number_in_one_test_and_a_text_in_the_next() -> None:
    tests = (assessment_test(21796, "Passed"), assessment_test("21815", "Failed"))
    assert said(only(json_file(assessment(*tests, TenantInfo={})))) == {
        "21796": "passed", "21815": "failed", MFA: "not_counted", SIGN_INS: "not_counted", ENROLLED: "not_counted",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "skipped", "why"),
    [
        ("Planned", "UnderConstruction", "not_built"),
        ("Skipped", "UnderConstruction", "not_built"),
        ("Skipped", "NoCompatibleLicenseFound", "no_licence"),
        ("Skipped", "NotLicensedEntraIDP2", "no_licence"),
        ("Skipped", "NotConnectedToService", "skipped"),
        ("Error", "", "error"),
        ("Investigate", "", "manual"),
        ("Whatever", "", "unclear"),
        ("", "", "unclear"),
    ],
)
def test_a_test_that_was_not_run_says_why(status: str, skipped: str, why: str) -> None:
    scan = only(json_file(assessment(assessment_test("21796", status, skipped))))
    assert said(scan)["21796"] == why


def test_quantities_are_counted_from_the_diagrams_and_not_from_their_words() -> None:
    found = results(only(json_file(assessment())))
    shares = {name: result.quantity.share for name, result in found.items() if result.quantity is not None}
    assert shares == {MFA: Fraction(60, 80), SIGN_INS: Fraction(70, 100), ENROLLED: Fraction(90, 100)}


@pytest.mark.parametrize(
    ("enrolled", "devices", "said_of_it"),
    [
        (0, 100, "failed"),
        (100, 100, "passed"),
        (120, 100, "not_counted"),
        (-1, 100, "not_counted"),
        (9, 0, "not_counted"),
        (None, 100, "not_counted"),
        ("90", "100", "partly"),
        (True, 100, "not_counted"),
        (1.5, 100, "not_counted"),
    ],
)
def test_numbers_that_are_missing_or_do_not_fit_together_count_nothing(
    enrolled: object, devices: object, said_of_it: str
) -> None:
    overview = {"ManagedDevices": {"enrolledDeviceCount": enrolled}}
    tenant = {"DeviceOverview": overview, "TenantOverview": {"DeviceCount": devices}}
    assert said(only(json_file(assessment(TenantInfo=tenant))))[ENROLLED] == said_of_it


def test_people_guests_devices_and_administrators_are_counted() -> None:
    counts = {tally.what: tally.number for tally in only(json_file(assessment())).counts}
    assert counts == {CountKind.PEOPLE: 80, CountKind.GUESTS: 7, CountKind.DEVICES: 100, CountKind.ADMINISTRATORS: 5}


def test_nothing_counted_is_no_count() -> None:
    overview = {"UserCount": 80, "GuestCount": 0, "DeviceCount": 0}
    scan = only(json_file(assessment(TenantInfo={"TenantOverview": overview})))
    assert [tally.what for tally in scan.counts] == [CountKind.PEOPLE]


@pytest.mark.parametrize("tenant", [{}, {"TenantOverview": None, "OverviewAuthMethodsAllUsers": None}, {"x": 1}])
def test_an_assessment_without_numbers_counts_nothing(tenant: object) -> None:
    assert only(json_file(assessment(TenantInfo=tenant))).counts == ()


def test_an_assessment_may_have_no_tenant() -> None:
    data = {**assessment(assessment_test("21796", "Passed")), "TenantInfo": None}
    assert said(only(json_file(data)))["21796"] == "passed"


@pytest.mark.parametrize(("mark", "is_one"), [("true", True), (True, True), ("false", False), (None, False)])
def test_demonstration_data_are_marked_by_a_text(mark: object, is_one: bool) -> None:  # noqa: FBT001
    assert only(json_file(assessment(IsDemo=mark))).is_demonstration is is_one


def test_the_page_of_an_assessment_is_the_same_scan() -> None:
    data = assessment(assessment_test("21796", "Passed"))
    assert only(("a", page(data))) == only(("a", json_file(data)))


def test_a_page_may_name_its_data_before_they_are_there() -> None:
    data = assessment(assessment_test("21796", "Passed"))
    early = page(data).replace(b"var other=", b"reportData={};reportData={a:1};var other=")
    assert only(("a", early)) == only(("a", json_file(data)))


def test_rows_of_one_test_pass_together() -> None:
    tests = (assessment_test("21796", "Passed"), assessment_test(21796, "Failed"))
    assert said(only(json_file(assessment(*tests))))["21796"] == "partly"


def test_diagrams_with_other_values_are_passed_over() -> None:
    tenant = {**TENANT_INFO, MFA: {**flow(("Users", "Phishable", 5)), "nodes": [{"source": 1}, "x", None]}}
    assert said(only(json_file(assessment(TenantInfo=tenant))))[MFA] == "not_counted"


# Maester


def test_maester_is_counted_by_its_list_and_not_by_its_head() -> None:
    tests = (maester_test("MT.1006", "Passed"), maester_test("MT.1005", "Failed"), maester_test("EIDSCA.1", "Passed"))
    scan = only(json_file(maester(*tests)))
    assert (scan.kind, scan.day) == (ScanKind.MAESTER, date(2026, 4, 30))
    assert said(scan) == {"MT.1006": "passed", "MT.1005": "failed"}


@pytest.mark.parametrize(
    ("result", "skipped", "why"),
    [
        ("Skipped", "NotLicensedEntraIDP1", "no_licence"),
        ("Skipped", "NotConnectedExchange", "skipped"),
        ("NotRun", "", "skipped"),
        ("Error", "", "error"),
        ("Investigate", "", "manual"),
    ],
)
def test_a_test_of_maester_that_was_not_run_says_why(result: str, skipped: str, why: str) -> None:
    assert said(only(json_file(maester(maester_test("MT.1006", result, skipped))))) == {"MT.1006": why}


def test_a_row_for_each_user_is_one_test() -> None:
    tests = [maester_test(f"MT.1006.{number}", "Passed") for number in range(3)]
    assert said(only(json_file(maester(*tests)))) == {"MT.1006": "passed"}
    tests.append(maester_test("MT.1006.3", "Failed"))
    assert said(only(json_file(maester(*tests)))) == {"MT.1006": "partly"}


def test_older_results_of_maester_have_neither_details_nor_severity() -> None:
    old = maester_test("MT.1006", "Passed", Id=None, ResultDetail=None)
    assert said(only(json_file(maester(old)))) == {"MT.1006": "passed"}


def test_the_page_of_maester_is_the_same_scan() -> None:
    data = maester(maester_test("MT.1006", "Passed"))
    assert only(("a", page(data, "testResults "))) == only(("a", json_file(data)))


# ScubaGear and ScubaGoggles


def test_scubagear_is_read_with_its_mark_its_day_and_who_is_privileged() -> None:
    scan = only(json_file(scubagear(scuba_control("MS.AAD.1.1v1", "Pass")), mark=True))
    assert (scan.kind, scan.day, said(scan)) == (ScanKind.SCUBAGEAR, date(2026, 5, 4), {"MS.AAD.1.1": "passed"})
    assert [(tally.what, tally.number) for tally in scan.counts] == [(CountKind.ADMINISTRATORS, 2)]


@pytest.mark.parametrize(("count", "people"), [(-1, None), (0, None), (80, 80), ("80", 80), (None, None)])
def test_a_count_of_minus_one_means_that_nobody_counted(count: object, people: int | None) -> None:
    counts = {tally.what: tally.number for tally in only(json_file(scubagear(total_user_count=count))).counts}
    assert counts.get(CountKind.PEOPLE) == people


@pytest.mark.parametrize(
    ("result", "fields", "what"),
    [
        ("Fail", {}, "failed"),
        ("Warning", {"Criticality": "Should"}, "failed"),
        ("N/A", {}, "manual"),
        ("N/A", {"Criticality": "Shall/Not-Implemented"}, "not_built"),
        ("Error", {}, "error"),
        ("Omitted", {}, "set_aside"),
        ("Incorrect result", {}, "set_aside"),
        ("Fail", {"IncorrectResult": "Fail"}, "set_aside"),
        ("Pass", {"OmittedEvaluationResult": "Pass"}, "set_aside"),
        ("No events found", {}, "no_events"),
        ("<b>Pass</b>", {}, "passed"),
        ("Soon", {}, "unclear"),
    ],
)
def test_what_a_result_of_scuba_means(result: str, fields: dict[str, str], what: str) -> None:
    control = scuba_control("MS.AAD.1.1v1", result, **fields)
    assert said(only(json_file(scubagear(control)))) == {"MS.AAD.1.1": what}
    assert said(only(scuba_table(control))) == {"MS.AAD.1.1": what}


def test_a_control_of_another_version_is_matched_and_told() -> None:
    controls = (scuba_control("MS.AAD.3.2v1", "Pass"), scuba_control("MS.AAD.1.1v1", "Pass"))
    for content in (json_file(scubagear(*controls)), scuba_table(*controls)):
        scan = only(content)
        assert said(scan) == {"MS.AAD.3.2": "passed", "MS.AAD.1.1": "passed"}
        assert scan.other_versions == ("MS.AAD.3.2v1",)


def test_licences_of_scubagear_have_seats_and_users() -> None:
    units = {"Enabled": 30, "Warning": 2, "Suspended": 9, "LockedOut": 0}
    licence = {"SkuPartNumber": "SPE_E3", "SkuId": "ABC", "ConsumedUnits": 28, "PrepaidUnits": units}
    scan = only(json_file(scubagear(license_information=[licence, {"SkuPartNumber": "X"}, {"SkuId": "Y"}])))
    assert scan.licences == (FoundLicence("SPE_E3", "ABC", 32, 28), FoundLicence("X", None, None, None))


def test_a_table_of_scuba_has_no_day_and_a_plan_of_action_has_what_failed() -> None:
    control = {**scuba_control("GWS.COMMONCONTROLS.10.5v1", "Fail"), "Justification": "later"}
    scan = only(scuba_table(control))
    assert (scan.kind, scan.day) == (ScanKind.SCUBAGOGGLES, None)
    assert said(scan) == {"GWS.COMMONCONTROLS.10.5": "failed"}


def test_scubagoggles_has_its_own_spelling_licences_and_administrators() -> None:
    licence = {"product_name": "Google Workspace Enterprise Plus", "sku_id": "1010020020", "assigned": 101}
    scan = only(json_file(scubagoggles(scuba_control("GWS.COMMONCONTROLS.1.1v1", "Pass"), license_data=[licence, {}])))
    assert (scan.kind, said(scan)) == (ScanKind.SCUBAGOGGLES, {"GWS.COMMONCONTROLS.1.1": "passed"})
    assert scan.licences == (FoundLicence("Google Workspace Enterprise Plus", "1010020020", None, 101),)
    assert [(tally.what, tally.number) for tally in scan.counts] == [(CountKind.ADMINISTRATORS, len(ADDRESSES))]


@pytest.mark.parametrize(
    ("begins", "what"),
    [("2026-12-01T00:00:00Z", "not_yet"), ("2024-03-05T08:00:00Z", "passed"), ("", "passed"), (None, "passed")],
)
def test_what_google_enforces_from_a_later_day_is_not_seen_yet(begins: object, what: str) -> None:
    policies = {"Sales": {"security_two_step_verification_enforcement": {"enforcedFrom": begins}}, "Rest": {}}
    controls = (scuba_control("GWS.COMMONCONTROLS.1.1v1", "Pass"), scuba_control("GWS.COMMONCONTROLS.10.5v1", "Pass"))
    scan = only(json_file(scubagoggles(*controls, policies=policies)))
    assert said(scan) == {"GWS.COMMONCONTROLS.1.1": what, "GWS.COMMONCONTROLS.10.5": "passed"}


def test_what_fails_today_fails_whenever_it_will_be_enforced() -> None:
    policies = {"Sales": {"security_two_step_verification_enforcement": {"enforcedFrom": "2026-12-01"}}}
    scan = only(json_file(scubagoggles(scuba_control("GWS.COMMONCONTROLS.1.1v1", "Fail"), policies=policies)))
    assert said(scan) == {"GWS.COMMONCONTROLS.1.1": "failed"}


# Prowler

CHECK = "entra_users_mfa_enabled"


@pytest.mark.parametrize(
    ("statuses", "what"),
    [
        (["PASS", "PASS"], "passed"),
        (["PASS", "FAIL"], "partly"),
        (["FAIL", "FAIL"], "failed"),
        (["PASS", "MANUAL"], "manual"),
        (["FAIL", "MANUAL"], "failed"),
        (["MANUAL"], "manual"),
        (["SKIPPED"], "unclear"),
    ],
)
def test_a_check_is_passed_only_if_every_resource_is(statuses: list[str], what: str) -> None:
    findings = json_file([finding(CHECK, status) for status in statuses])
    table = csv_file([finding_row(CHECK, status) for status in statuses], ";")
    for scan in (only(findings), only(table)):
        assert (scan.kind, scan.day, said(scan)) == (ScanKind.PROWLER_M365, date(2026, 6, 2), {CHECK: what})


def test_how_many_resources_passed_is_counted() -> None:
    (result,) = only(json_file([finding(CHECK, status) for status in ("PASS", "PASS", "FAIL")])).results
    assert result.quantity is not None
    assert (result.quantity.count, result.quantity.total) == (2, 3)


def test_what_is_muted_is_the_users_own_exception() -> None:
    muted = csv_file([finding_row(CHECK, "FAIL", muted="True"), finding_row(CHECK, "PASS")], ";")
    assert said(only(muted)) == {CHECK: "passed"}
    assert said(only(csv_file([finding_row(CHECK, "FAIL", muted="True")], ";"))) == {CHECK: "set_aside"}


@pytest.mark.parametrize("mark", [{"status": "Suppressed"}, {"status_id": 3}, {"unmapped": {"muted": True}}])
def test_what_is_muted_has_marks_of_its_own_in_json(mark: dict[str, Any]) -> None:
    assert said(only(json_file([finding(CHECK, "FAIL", **mark)]))) == {CHECK: "set_aside"}


def test_findings_of_several_platforms_are_several_scans() -> None:
    mixed = [finding(CHECK, "PASS"), finding("application_dashboard_mfa_required", "FAIL", "okta"),
             finding("iam_user_mfa", "FAIL", "aws")]  # fmt: skip
    kinds = {scan.kind: said(scan) for scan in read(json_file(mixed)).scans}
    assert kinds == {
        ScanKind.PROWLER_M365: {CHECK: "passed"},
        ScanKind.PROWLER_OKTA: {"application_dashboard_mfa_required": "failed"},
    }


def test_the_platform_may_stand_elsewhere() -> None:
    moved = finding("security_2sv_enforced", "PASS", cloud=None, unmapped={"provider": "googleworkspace"})
    assert only(json_file([moved])).kind is ScanKind.PROWLER_GOOGLEWORKSPACE


# Microsoft Graph

E3 = "05e9a617-0261-4cee-bb44-138d3ef5d965"


@pytest.mark.parametrize("form", ["value", "Results", "list", "one", "capitals"])
def test_licences_are_read_from_every_envelope(form: str) -> None:
    item = sku("SPE_E3", E3, 90, 84, warning=3)
    capitals = {name[:1].upper() + name[1:]: value for name, value in item.items()}
    forms: dict[str, object] = {"list": [item], "one": item, "capitals": [capitals]}
    scan = only(json_file(forms.get(form, {form: [item]})))
    assert (scan.kind, scan.licences) == (ScanKind.LICENCES, (FoundLicence("SPE_E3", E3, 93, 84),))


def test_what_is_suspended_is_not_owned() -> None:
    assert only(json_file([sku("SPE_E3", E3, 0, 84), sku("", E3, 1, 1)])).licences == (
        FoundLicence("SPE_E3", E3, 0, 84),
    )


@pytest.mark.parametrize(
    ("units", "owned"), [({}, None), (None, None), ({"suspended": 9}, None), ({"enabled": 0}, 0), ({"warning": 2}, 2)]
)
def test_a_licence_without_its_units_is_owned_by_nobody_knows_how_many_in_either_file(
    units: object, owned: int | None
) -> None:
    item = {**sku("SPE_E3", E3, 90, 84), "prepaidUnits": units}
    for content in (json_file([item]), json_file(scubagear(license_information=[item]))):
        assert only(content).licences == (FoundLicence("SPE_E3", E3, owned, 84),)


def test_a_score_says_a_share_by_itself_or_by_the_maximum_of_its_profile() -> None:
    scores = secure_score(
        {"controlName": "AdminMFAV2", "score": 5.0},
        {"controlName": "mfaRegistrationV2", "score": 1, "scoreInPercentage": 93.75, "count": "75", "total": "80"},
        {"controlName": "BlockLegacyAuthentication", "score": 3},
        {"controlName": "Other", "score": 3},
    )
    found = results(only(json_file({"value": [scores]}), json_file({"value": [profile("AdminMFAV2", 10)]})))
    admins, people = found["AdminMFAV2"].quantity, found["MFARegistrationV2"].quantity
    assert admins is not None
    assert (admins.share, admins.count) == (Fraction(1, 2), None)
    assert people is not None
    assert (people.share, people.count, people.total) == (Fraction(15, 16), 75, 80)
    assert found["BlockLegacyAuthentication"].unseen == "not_counted"
    assert "Other" not in found


@pytest.mark.parametrize(
    ("score", "share"),
    [
        ({"count": "5", "total": "80", "scoreInPercentage": 93.75}, Fraction(15, 16)),  # counted are those without it
        ({"count": "60", "total": "80"}, Fraction(3, 4)),
        ({"score": 12, "scoreInPercentage": 120}, None),
        ({"score": "a", "count": "x", "total": "80"}, None),
        ({"score": float("inf")}, None),
    ],
)
def test_the_share_goes_before_the_counts(score: dict[str, object], share: Fraction | None) -> None:
    content = json_file([secure_score({"controlName": "AdminMFAV2", **score})])
    quantity = results(only(content, json_file([profile("AdminMFAV2", 10)])))["AdminMFAV2"].quantity
    assert (quantity and quantity.share) == share


def test_profiles_may_come_before_the_scores_and_the_latest_score_counts() -> None:
    old = secure_score({"controlName": "AdminMFAV2", "score": 1}, day="2026-01-01T00:00:00Z")
    new = secure_score({"controlName": "AdminMFAV2", "score": 10})
    scan = only(json_file([profile("AdminMFAV2", 10)]), json_file([old, new]))
    assert (scan.day, said(scan)) == (date(2026, 7, 1), {"AdminMFAV2": "passed"})


@pytest.mark.parametrize("lists", [{}, {"controlScores": None}])
def test_a_score_without_its_list_is_passed_over(lists: dict[str, object]) -> None:
    whole = secure_score({"controlName": "AdminMFAV2", "score": 10}, day="2026-01-01T00:00:00Z")
    for scores in ([whole, {"createdDateTime": "2026-07-01", **lists}], [{"createdDateTime": "2026-07-01"}, whole]):
        scan = only(json_file(scores), json_file([profile("AdminMFAV2", 10)]))
        assert (scan.day, said(scan)) == (date(2026, 1, 1), {"AdminMFAV2": "passed"})


def test_a_maximum_of_next_to_nothing_counts_nothing() -> None:
    scores = json_file([secure_score({"controlName": "AdminMFAV2", "score": 1})])
    assert said(only(scores, json_file([profile("AdminMFAV2", 0.00001)]))) == {"AdminMFAV2": "not_counted"}


@pytest.mark.parametrize(
    ("states", "what"), [(("Default", "Ignored"), "set_aside"), (("Ignored", "Default"), "partly")]
)
def test_what_the_user_ignores_says_nothing(states: tuple[str, ...], what: str) -> None:
    scores = secure_score({"controlName": "AdminMFAV2", "score": 5})
    assert said(only(json_file([scores]), json_file([profile("AdminMFAV2", 10, *states)]))) == {"AdminMFAV2": what}


def test_a_deprecated_control_says_nothing() -> None:
    old = {**profile("AdminMFAV2", 10), "deprecated": True}
    scores = secure_score({"controlName": "AdminMFAV2", "score": 5})
    assert said(only(json_file([scores]), json_file([old]))) == {"AdminMFAV2": "not_built"}


# Lists


def test_people_and_guests_are_counted_and_blocked_accounts_are_not() -> None:
    people = [person("a@x.example"), person("b@x.example", "Guest"), person("c#EXT#@x.example"),
              person("d@x.example", enabled="False"), person("e@x.example")]  # fmt: skip
    scan = only(csv_file(people))
    assert (scan.kind, {tally.what: tally.number for tally in scan.counts}) == (
        ScanKind.USERS,
        {CountKind.PEOPLE: 2, CountKind.GUESTS: 2},
    )


def test_the_list_of_the_admin_centre_has_other_columns() -> None:
    rows = [
        {"Block credential": blocked, "Display name": "X", "Licenses": "E3", "User principal name": "a@x.example"}
        for blocked in ("False", "True", "False")
    ]
    for content in (
        csv_file(rows),
        csv_file(rows, ";"),
        csv_file(rows, "\t"),
        b"#TYPE Selected.User\r\n" + csv_file(rows),
    ):
        assert {tally.what: tally.number for tally in only(content).counts}[CountKind.PEOPLE] == 2


def test_devices_and_servers_are_counted_each_once() -> None:
    rows = [device("a"), device("A", "Windows"), device("b", "macOS"), device("c", "Windows Server 2022"), device("")]
    scan = only(csv_file(rows))
    assert {tally.what: tally.number for tally in scan.counts} == {CountKind.DEVICES: 3, CountKind.SERVERS: 1}
    assert {tally.what for tally in only(csv_file([device("a")])).counts} == {CountKind.DEVICES}


def test_a_list_of_devices_with_the_account_of_each_is_one_of_devices() -> None:
    row = {"displayName": "PC", "accountEnabled": "True", "operatingSystem": "Windows", "deviceId": "1"}
    scan = only(csv_file([{**row, "userPrincipalName": ADDRESSES[0]}]))
    assert (scan.kind, scan.counts) == (ScanKind.DEVICES, (Tally(CountKind.DEVICES, 1),))


# Several files


def test_files_are_told_apart_by_content_whatever_they_are_called() -> None:
    files = [(f"report-{number}.txt", content) for number, (_, content) in enumerate(every_file())]
    assert {scan.kind for scan in read(*files).scans} == set(ScanKind) - {ScanKind.PROWLER_OKTA}


def test_an_archive_is_the_files_in_it() -> None:
    scans = read(("all.zip", zip_file(dict(every_file())))).scans
    assert sorted(scans, key=repr) == sorted(read(*every_file()).scans, key=repr)


def test_what_is_no_scan_is_passed_over_in_an_archive_and_named() -> None:
    parts = {"r/a.json": json_file(assessment()), "r/x.png": b"\x89PNG\r\n", "r/notes.md": b"# notes", "r/": b"",
             "r/settings.json": b'{"a": 1}', "__MACOSX/r/._a.json": b"\0\1", "r/.DS_Store": b"\0"}  # fmt: skip
    found = read(("report.zip", zip_file(parts)))
    assert [scan.file for scan in found.scans] == ["r/a.json"]
    assert set(found.passed_over) == {"r/x.png", "r/notes.md", "r/settings.json"}


def test_findings_about_another_platform_are_passed_over_in_an_archive() -> None:
    aws = json_file([finding("iam_user_mfa", "PASS", "aws")])
    found = read(("report.zip", zip_file({"aws.json": aws, "a.json": json_file(assessment())})))
    assert ([scan.file for scan in found.scans], found.passed_over) == (["a.json"], ("aws.json",))


def test_a_name_in_an_archive_becomes_no_command_for_a_terminal() -> None:
    found = read(("report.zip", zip_file({"a\x1b[31m.json": json_file(assessment()), "b\x1b]0;x\x07.md": b"# x"})))
    assert found.scans[0].file == "a\\x1b[31m.json"
    assert found.passed_over[0].isprintable()
