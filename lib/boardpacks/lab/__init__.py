"""Makes notebooks at home in JupyterLab: charts on a card, facts filled in, ids completed, a page to start from."""

from __future__ import annotations

from boardpacks.lab.settle_in import settle_in

__all__ = ["settle_in"]
