"""The folder of published packs, and a mail server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail_server import certificate, mail_server

__all__ = ["certificate", "mail_server"]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "published"
