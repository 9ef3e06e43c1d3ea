"""What browsers see and are told, and that nobody but this computer is."""

from __future__ import annotations

import json
import socket
import threading
import time
from http.client import HTTPConnection

import pytest

from boardpacks.preview.screen import Screen
from boardpacks.preview.screen_server import live_page, serve_screen
from boardpacks.project.errors import BoardpacksError

PAGE = "<html><body><p>The pack</p></body></html>"


@pytest.fixture
def screen():
    return Screen()


@pytest.fixture
def port(screen):
    with serve_screen(screen, 0) as port:
        yield port


def get(port, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read().decode()


def events(port):
    """Yield what is told, one event after another."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/events")
    for line in connection.getresponse():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_another_page_has_another_name_and_the_same_page_has_not(screen):
    first = screen.shown.page
    screen.show(PAGE, "Made.")
    second = screen.shown.page
    screen.show(PAGE, "Made again.")

    assert first != second == screen.shown.page
    assert screen.shown.words == "Made again."


def test_the_last_good_page_stays_when_something_fails(screen):
    screen.show(PAGE, "Made.")
    page = screen.shown.page
    screen.tell("failed", "It failed.", ["cell 3"])

    assert (screen.html, screen.shown.page) == (PAGE, page)
    assert (screen.shown.state, screen.shown.faults) == ("failed", ("cell 3",))

    screen.show(PAGE, "Made.")
    assert (screen.shown.state, screen.shown.faults) == ("fresh", ())


def test_who_waits_is_told_at_once_and_of_the_newest_alone(screen):
    number = screen.shown.number
    assert screen.wait(number, 0.01) is None

    threading.Timer(0.05, lambda: screen.tell("working", "At work.")).start()
    began = time.monotonic()
    told = screen.wait(number, 20)
    assert told is not None
    assert told.words == "At work."
    assert time.monotonic() - began < 10

    screen.tell("working", "One.")
    screen.tell("working", "Two.")
    newest = screen.wait(told.number, 20)
    assert newest is not None
    assert newest.words == "Two."


def test_the_script_is_added_to_the_page_as_it_is_sent_and_to_nothing_else(screen, port):
    screen.show(PAGE, "Made.")
    status, page = get(port, "/")

    assert status == 200
    assert page.count("<script") == 1
    assert f'data-page="{screen.shown.page}"></script>\n</body>' in page
    assert "<script" not in screen.html
    assert "EventSource" in get(port, "/live.js")[1]
    assert "appears here by itself" in live_page(Screen())


def test_browsers_are_told_of_pages_and_faults_as_they_come(screen, port):
    told = events(port)
    assert next(told)["state"] == "working"
    screen.show(PAGE, "Made.")
    assert (next(told)["page"], screen.html) == (screen.shown.page, PAGE)
    screen.tell("failed", "It failed.", ["one.ipynb, cell 3"])
    assert next(told)["faults"] == ["one.ipynb, cell 3"]


def test_there_is_nothing_else_and_nobody_else_is_answered(port):
    assert get(port, "/../../etc/passwd")[0] == 404
    assert get(port, "/params/system.yml")[0] == 404
    assert get(port, "/", Host="elsewhere.example")[0] == 421
    assert get(port, "/events", Host="elsewhere.example:80")[0] == 421
    assert get(port, "/", Host=f"localhost:{port}")[0] == 200


def test_a_port_that_is_taken_is_told_with_another_one(screen, port):
    with pytest.raises(BoardpacksError, match=rf"Port {port} is in use\..*boardpacks preview PLACE --port"):
        serve_screen(screen, port).__enter__()


def test_the_end_keeps_nobody_waiting(screen):
    with serve_screen(screen, 0) as port:
        told = events(port)
        next(told)
    assert list(told) == []
    with socket.socket() as free:
        assert free.connect_ex(("127.0.0.1", port)) != 0
