"""For all tests: few collections, as in every command; a real S3 server, with an empty bucket for each test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from pyarrow import fs

from pipelines.collector import collect_seldom

collect_seldom()


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty bucket, with everything in the environment that is needed to use it."""
    settings = {
        "AWS_ENDPOINT_URL": s3_endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    name = f"b-{uuid.uuid4().hex[:12]}"
    host = s3_endpoint.removeprefix("http://")
    made = fs.S3FileSystem(endpoint_override=host, scheme="http", allow_bucket_creation=True)
    made.create_dir(name)
    return f"s3://{name}"
