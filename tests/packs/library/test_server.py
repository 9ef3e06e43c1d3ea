"""The server: one folder, to this computer, and nothing else."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from boardpacks.packs.library.server import open_server
from boardpacks.project.errors import BoardpacksError

TYPES = {
    "index.html": "text/html; charset=utf-8",
    "a.pdf": "application/pdf",
    "a_data.csv": "text/csv; charset=utf-8",
    "a_facts.json": "application/json",
    "a.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "a.ods": "application/vnd.oasis.opendocument.spreadsheet",
    "a.woff2": "font/woff2",
    "SHA256SUMS": "text/plain; charset=utf-8",
    "a.exe": "application/octet-stream",
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    (folder / "pages").mkdir(parents=True)
    for name in (*TYPES, "pages/one.html", ".build.lock", "my #1 file.pdf"):
        (folder / name).write_text(name, encoding="utf-8")
    (folder / ".draft").mkdir()
    (folder / ".draft" / "secret.pdf").write_text("secret")
    (tmp_path / "published-confidential").mkdir()
    (tmp_path / "published-confidential" / "secret.pdf").write_text("secret")
    (folder / "out.pdf").symlink_to(tmp_path / "published-confidential" / "secret.pdf")
    (folder / "out").symlink_to(tmp_path / "published-confidential")
    (folder / "lock.txt").symlink_to(folder / ".build.lock")
    return folder


@pytest.fixture
def ask(library):
    """Asks a running server, and returns status, headers and content."""
    server = open_server(library, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def get(path: str, method: str = "GET", **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content

    yield get
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("name", TYPES)
def test_each_file_has_its_type_and_no_browser_guesses_another(ask, name):
    status, headers, content = ask(f"/{name}")

    assert (status, content) == (200, name.encode())
    assert headers["Content-Type"] == TYPES[name]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Python" not in headers["Server"]


def test_the_first_page_is_the_library_and_encoded_names_are_found(ask):
    assert ask("/")[2] == b"index.html"
    assert ask("/my%20%231%20file.pdf")[0] == 200
    assert ask("/pages/one.html?x=1")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.pdf",
        "/.build.lock",
        "/.draft/secret.pdf",
        "/%2ebuild.lock",
        "/pages/../.build.lock",
        "/../published-confidential/secret.pdf",
        "/..%2fpublished-confidential%2fsecret.pdf",
        "/%2e%2e/published-confidential/secret.pdf",
        "/pages/%2e%2e/%2e%2e/published-confidential/secret.pdf",
        "/..\\published-confidential\\secret.pdf",
        "//etc/passwd",
        "/%00",
        "/out.pdf",
        "/out/secret.pdf",
        "/lock.txt",
        "/pages",
        "/pages/",
        "/.draft/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_hidden_nothing_outside_and_no_list_of_a_folder(ask, path, method):
    status, _, content = ask(path, method)

    if status == 301:
        status, _, content = ask(f"{path}/", method)
    assert status == 404
    assert b"secret" not in content
    assert b"one.html" not in content


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
def test_a_page_from_elsewhere_cannot_read_it_under_its_own_name(ask, host):
    assert ask("/", Host=host)[0] == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1"])
def test_answers_to_the_names_of_this_computer(ask, host):
    assert ask("/", Host=host)[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_takes_nothing(ask, method):
    assert ask("/index.html", method)[0] == 501


def test_listens_to_this_computer_only(library):
    with open_server(library, 0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_an_error_that_names_a_way_out(library):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(BoardpacksError, match=rf"Port {port} is in use.*--port {port + 1}"):
            open_server(library, port)


def test_without_a_library_it_says_so(tmp_path):
    with pytest.raises(BoardpacksError, match=r"no library in published/ yet\. Build packs first"):
        open_server(tmp_path / "published", 0)


@pytest.mark.parametrize("confidential", [False, True])
def test_the_command_prints_the_address_and_ends_cleanly(tmp_path, confidential):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "system.yml").touch()
    published = tmp_path / "reports" / ("published-confidential" if confidential else "published")
    published.mkdir(parents=True)
    (published / "index.html").write_text("the library")
    command = [sys.executable, "-c", "from boardpacks.cli import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, *(["--confidential"] if confidential else [])],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    address = process.stdout.readline().split()[4]
    connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=5)
    connection.request("GET", "/")
    assert connection.getresponse().read() == b"the library"
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)

    assert (process.returncode, out, err) == (0, "Ended.\n", "")
