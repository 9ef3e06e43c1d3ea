"""What is told of a pack that its checks found not fit to be published."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.project.errors import BoardpacksError


class CheckFailed(BoardpacksError):  # noqa: N818 - a finding about a pack, not a fault of the program
    """A rendered pack is not fit to be published.

    Parameters
    ----------
    findings
        What the checks found, one line each; at least one.
    """

    MOST_SHOWN = 12

    def __init__(self, findings: Sequence[str]):
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        lines = ["The pack was not published, because its checks found:"]
        lines += [f"  {finding}" for finding in self.findings[: self.MOST_SHOWN]]
        if len(self.findings) > self.MOST_SHOWN:
            lines.append(f"  ... and {len(self.findings) - self.MOST_SHOWN} more")
        return "\n".join(lines)
