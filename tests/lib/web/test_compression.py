"""Pages are compressed, by no more than their length can bear, and nothing else is."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from lib.web.compression import CompressionMiddleware

PAGE = "<p>Harbour</p>" * 100


def answer(rf: RequestFactory, response: HttpResponseBase, accepts: str = "gzip, br") -> HttpResponseBase:
    request: HttpRequest = rf.get("/", HTTP_ACCEPT_ENCODING=accepts)
    return CompressionMiddleware(lambda _: response)(request)


def test_a_page_is_compressed(rf: RequestFactory) -> None:
    response = answer(rf, HttpResponse(PAGE))

    assert response["Content-Encoding"] == "gzip" and response["Vary"] == "Accept-Encoding"
    assert gzip.decompress(response.content).decode() == PAGE  # type: ignore[attr-defined]


def test_its_length_differs_by_chance(rf: RequestFactory) -> None:
    assert len({len(answer(rf, HttpResponse(PAGE)).content) for _ in range(40)}) > 5  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("response", "accepts"),
    [
        (HttpResponse(PAGE), ""),
        (HttpResponse(PAGE), "identity"),
        (HttpResponse(PAGE, content_type="application/json"), "gzip"),
        (StreamingHttpResponse([PAGE], content_type="text/csv"), "gzip"),
        (StreamingHttpResponse([PAGE]), "gzip"),
        (HttpResponse("short"), "gzip"),
    ],
)
def test_other_answers_are_not(rf: RequestFactory, response: HttpResponseBase, accepts: str) -> None:
    assert "Content-Encoding" not in answer(rf, response, accepts)
