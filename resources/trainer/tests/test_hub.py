"""A base on the hub, served by a stand-in of Hugging Face on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from .trainer_process import PACKAGE

Make = Callable[..., dict[str, Any]]
Write = Callable[[dict[str, Any]], Path]


@dataclass
class Hub:
    """Answers every request with `status` and the error code that huggingface_hub reads."""

    address: str = ""
    status: int = 200
    error_code: str = ""
    tokens: list[str | None] = field(default_factory=list)


@pytest.fixture
def hub() -> Iterator[Hub]:
    state = Hub()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            state.tokens.append(self.headers.get("Authorization"))
            self.send_response(state.status)
            self.send_header("X-Error-Code", state.error_code)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = answer  # noqa: N815
        do_HEAD = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()


def train_from_hub(spec: Path, hub: Hub, home: Path, token: str | None = None) -> tuple[int, dict[str, Any]]:
    return ask_hub(["train", "--spec", str(spec)], hub, home, token)


def ask_hub(words: list[str], hub: Hub, home: Path, token: str | None = None) -> tuple[int, dict[str, Any]]:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("HF_", "HUGGINGFACE"))
    }
    environment |= {"HF_ENDPOINT": hub.address, "HF_HOME": str(home)}
    if token:
        environment["HUGGINGFACE_API_TOKEN"] = token
    done = subprocess.run(
        [sys.executable, "-m", "namewright_trainer", *words],
        cwd=PACKAGE,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode, json.loads(done.stdout.strip().split("\n")[-1])


def test_a_gated_model_is_explained(make_spec: Make, spec_file: Write, hub: Hub, tmp_path: Path) -> None:
    hub.status, hub.error_code = 403, "GatedRepo"
    spec = make_spec()
    spec["base"] = {"kind": "hub", "name": "Mistral 7B", "id": "mistralai/Mistral-7B-Instruct-v0.3"}
    status, event = train_from_hub(spec_file(spec), hub, tmp_path / "home", token="hf_secret")
    assert status == 5
    assert event["kind"] == "error"
    assert event["code"] == "service-refused"
    assert "https://huggingface.co/mistralai/Mistral-7B-Instruct-v0.3" in event["hint"]
    assert "HUGGINGFACE_API_TOKEN" in event["hint"]
    assert "Bearer hf_secret" in hub.tokens
    assert "hf_secret" not in json.dumps(event)


def test_an_absent_model_is_explained(make_spec: Make, spec_file: Write, hub: Hub, tmp_path: Path) -> None:
    hub.status, hub.error_code = 404, "RepoNotFound"
    spec = make_spec()
    spec["base"] = {"kind": "hub", "name": "none", "id": "nobody/none"}
    status, event = train_from_hub(spec_file(spec), hub, tmp_path / "home")
    assert status == 4
    assert "nobody/none" in event["message"]


def test_no_network_is_explained(make_spec: Make, spec_file: Write, tmp_path: Path) -> None:
    spec = make_spec()
    spec["base"] = {"kind": "hub", "name": "none", "id": "nobody/none"}
    status, event = train_from_hub(spec_file(spec), Hub(address="http://127.0.0.1:9"), tmp_path / "home")
    assert status == 4
    assert event["code"] == "missing"
    assert "connection" in event["hint"]


def test_fetching_a_gated_base_is_explained(hub: Hub, tmp_path: Path) -> None:
    hub.status, hub.error_code = 403, "GatedRepo"
    code, event = ask_hub(["fetch-base", "--id", "someone/closed"], hub, tmp_path / "home", "secret")
    assert code == 5
    assert event["kind"] == "error"
    assert event["code"] == "service-refused"
    assert "HUGGINGFACE_API_TOKEN" in event["hint"]
    assert "secret" not in json.dumps(event)
