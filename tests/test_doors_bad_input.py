"""Bad input at the doors: a clear sentence or a clean value, never a 500."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.room.urls"),
    pytest.mark.usefixtures("laos"),
]

PAK_PHUN = {"host": "pakphun.localhost", "accept-language": "en"}
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
BROKEN_BASE64 = (
    b'--b\r\nContent-Disposition: form-data; name="label"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--"
)


def post(body: bytes, content_type: str = FORM) -> tuple[int, str]:
    # Not post(), which would encode the body by the charset that is under test.
    answer = Client().generic("POST", "/form/", body, content_type, headers=PAK_PHUN)
    return answer.status_code, answer.text


def label(text: str) -> bytes:
    return b"label=" + quote(text).encode()


def test_decomposed_thai_and_thai_digits_and_a_buddhist_year_become_clean_values() -> None:
    body = label("ต\u0e4d\u0e32บล\u200bปากพูน") + b"&day=" + quote("๒๑/๑๑/๒๕๖๙").encode()
    status, text = post(body)
    assert status == 200
    assert text.encode().decode("unicode_escape") == '{"label": "ตำบลปากพูน"}'


@pytest.mark.parametrize(
    "body",
    [
        b"label=a%00b",
        b"label=%ff%fe",
        b"label=%ED%A0%80",
        b"label%00=a",
        b"label=%80",
    ],
)
def test_bytes_that_are_no_text_are_refused_with_a_sentence(body: bytes) -> None:
    status, text = post(body)
    assert status == 400
    assert "cannot be read" in text
    assert Client().get(f"/form/?{body.decode()}", headers=PAK_PHUN).status_code == 400


@pytest.mark.parametrize("path", ["/%00", "/plain/%00", "/%EF%BF%BD/"])
def test_a_path_that_is_no_text_is_refused(path: str) -> None:
    assert Client().get(path, headers=PAK_PHUN).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/%zz",
        "/%",
        "/%ff/",
        "/%ED%A0%80/",
        "/ปากพูน/",
        "/%u0E01",
        "/..%2f..%2fetc/passwd",
        "//evil.test/",
    ],
)
def test_odd_percent_signs_and_paths_are_just_not_found(path: str) -> None:
    assert Client().get(path, headers=PAK_PHUN).status_code == 404


@pytest.mark.slow
def test_a_megabyte_of_text_is_answered_by_the_field() -> None:
    status, text = post(b"label=" + b"a" * 1_000_000)
    assert status == 422
    assert "at most 20 characters" in text


def test_more_than_the_limit_is_413() -> None:
    status, text = post(b"label=" + b"a" * 2_600_000)
    assert status == 413
    assert "send less" in text


def test_a_huge_announced_body_is_refused_before_it_is_read() -> None:
    answer = Client().post("/form/", b"", FORM, headers=PAK_PHUN, CONTENT_LENGTH="99999999999")
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"&".join(b"a=1" for _ in range(600))])
def test_too_many_fields_are_413(body: bytes) -> None:
    assert post(body)[0] == 413
    assert Client().get(f"/form/?{body.decode()}", headers=PAK_PHUN).status_code == 413


@pytest.mark.parametrize(
    "address", ["/plain/?q=" + quote("ก" * 1_000), "/" + "a" * 3_000, "/plain/?" + "a" * 9_000]
)
def test_an_endless_address_is_414(address: str) -> None:
    assert Client().get(address, headers=PAK_PHUN).status_code == 414


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"x", "multipart/form-data", 400),
        (b"--b", "multipart/form-data; boundary=", 400),
        (b"garbage", MULTIPART, 422),
        (
            b'--b\r\nContent-Disposition: form-data; name="label"\r\n\r\na\x00\r\n--b--',
            MULTIPART,
            400,
        ),
        (b'--b\r\nContent-Disposition: form-data; name="\xff"\r\n\r\na\r\n--b--', MULTIPART, 422),
        (BROKEN_BASE64, MULTIPART, 422),
        (b"label=a", f"{FORM}; charset=rot13", 415),
        (b"label=a", f"{FORM}; charset=utf-16", 415),
        (b"label=a", f"{FORM}; charset=tis-620", 415),
        (b"label=a", f"{FORM}; charset=UTF-8", 200),
        (b"label=a", "nonsense", 422),
        (b"{", "application/json", 422),
    ],
)
def test_a_bad_body_is_a_sentence(body: bytes, content_type: str, status: int) -> None:
    assert post(body, content_type)[0] == status


@pytest.mark.parametrize("name", ["a\x00.jpg", "../../etc/passwd", "\u202egpj.exe", "", "ก" * 500])
def test_a_bad_file_name_is_no_500(name: str) -> None:
    photo = SimpleUploadedFile(name or "x", b"photo")
    answer = Client().post("/form/", {"label": "a", "photo": photo}, headers=PAK_PHUN)
    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("method", ["FOO", "TRACE", "CONNECT", "ก"])
def test_an_unknown_method_is_405(method: str) -> None:
    answer = Client().generic(method, "/plain/", headers=PAK_PHUN)
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize(
    "cookie",
    [
        "=",
        ";;;",
        "csrftoken=\x00",
        "csrftoken=" + "a" * 5_000,
        "django_language=../../x",
        "\xff=\xfe",
    ],
)
def test_bad_cookies_are_ignored(cookie: str) -> None:
    assert Client().get("/plain/", headers={**PAK_PHUN, "cookie": cookie}).status_code == 200
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/form/", {"label": "a"}, headers={**PAK_PHUN, "cookie": cookie})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "th" * 10_000},
        {"accept-language": "\x00;q=x"},
        {"accept": "\xff/\xfe;q=" + "9" * 400},
        {"content-length": "-1"},
        {"content-length": "many"},
        {"x-forwarded-for": "\x00,,"},
        {"if-modified-since": "ก"},
        {"range": "bytes=-"},
    ],
)
def test_strange_headers_do_not_matter(headers: dict[str, str]) -> None:
    assert Client().get("/plain/", headers={**PAK_PHUN, **headers}).status_code == 200


@pytest.mark.slow
@given(st.binary(max_size=300), st.sampled_from([FORM, MULTIPART, "application/json", "text/xml"]))
@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_body_whatever_is_a_500(body: bytes, content_type: str) -> None:
    assert post(body, content_type)[0] < 500


@pytest.mark.slow
@given(st.text(max_size=60), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_address_whatever_is_a_500(path: str, query: str) -> None:
    address = f"/{quote(path, safe='%/')}?{quote(query, safe='%&=')}"
    assert Client().get(address, headers=PAK_PHUN).status_code < 500
