"""A mail server on this machine that takes what is sent to it."""

from __future__ import annotations

import base64
import shutil
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass
class MailServer:
    """What a mail server was told: commands, and messages with the addresses they were for."""

    port: int
    commands: list[str] = field(default_factory=list)
    messages: list[tuple[list[str], bytes]] = field(default_factory=list)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine, signed by itself, with its key."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    path = tmp_path / "certificate.pem"
    command = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -keyout {tmp_path}/key.pem -out {path}"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    return path


@pytest.fixture
def mail_server() -> Iterator[Callable[..., MailServer]]:
    """Starts a mail server that takes messages, refuses some addresses, or misbehaves.

    It breaks off after it has read the message with the number `breaks_at`, and answers `answers` to every other one.
    """
    servers: list[socketserver.ThreadingTCPServer] = []

    def start(
        *,
        refuse: tuple[str, ...] = (),
        silent: bool = False,
        certificate: Path | None = None,
        breaks_at: int = 0,
        answers: str = "250 ok",
    ) -> MailServer:
        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                if silent:
                    stop.wait(5)
                    return
                self.say("220 ready")
                for_whom: list[str] = []
                while line := self.rfile.readline():
                    command = line.decode().strip()
                    seen.commands.append(command)
                    verb = command.upper().split(" ")[0]
                    if verb == "EHLO":
                        secure = isinstance(self.connection, ssl.SSLSocket)
                        offers = ["STARTTLS"] if certificate and not secure else []
                        offers += ["AUTH PLAIN"] if secure else []
                        lines = ["localhost", *offers]
                        self.say(*[f"250{'-' if each is not lines[-1] else ' '}{each}" for each in lines])
                    elif verb == "STARTTLS" and certificate:
                        self.say("220 go on")
                        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                        context.load_cert_chain(certificate, certificate.with_name("key.pem"))
                        try:
                            self.connection = context.wrap_socket(self.connection, server_side=True)
                        except ssl.SSLError:
                            return
                        self.rfile = self.connection.makefile("rb")
                        self.wfile = self.connection.makefile("wb", buffering=0)
                    elif verb == "RCPT":
                        known = not any(address in command for address in refuse)
                        for_whom += [command.split("<")[1].rstrip(">")] if known else []
                        self.say("250 ok" if known else "550 unknown")
                    elif verb == "DATA":
                        self.say("354 go on")
                        body = b""
                        while (line := self.rfile.readline()) != b".\r\n":
                            body += line
                        seen.messages.append((for_whom, body))
                        if len(seen.messages) == breaks_at:
                            return
                        self.say(answers)
                    elif verb == "AUTH":
                        wrong = b"not-it" in base64.b64decode(command.split(" ")[2])
                        self.say("235 ok" if not wrong else "535 wrong password not-it")
                    elif verb == "QUIT":
                        self.say("221 bye")
                        return
                    else:
                        self.say("250 ok")

            def say(self, *lines: str) -> None:
                self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

        stop = threading.Event()
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        seen = MailServer(server.server_address[1])
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        return seen

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
