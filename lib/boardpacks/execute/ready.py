"""A kernel's client that waits no longer than it must until the kernel answers."""

from __future__ import annotations

import asyncio
import math
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient


class ReadyClient(AsyncKernelClient):
    """Takes a kernel for ready when it has answered a question on both channels.

    Jupyter's own client then waits until nothing has been heard for 0.2 s, once for each chapter.
    """

    PATIENCE = 0.1  # seconds; a channel that connected too late has missed the answer, so it is asked again

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers.

        Raises
        ------
        RuntimeError
            When it has ended, or does not answer in time.
        """
        clock = asyncio.get_running_loop().time
        end = clock() + (math.inf if timeout is None else timeout)
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if clock() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answers(self) -> bool:
        question = self.kernel_info()
        try:
            while (reply := await self.shell_channel.get_msg(timeout=1))["msg_type"] != "kernel_info_reply":
                pass
            while not _is_idle(await self.iopub_channel.get_msg(timeout=self.PATIENCE), question):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


def _is_idle(message: dict[str, Any], question: str) -> bool:
    return bool(
        message["msg_type"] == "status"
        and message["content"]["execution_state"] == "idle"
        and message["parent_header"].get("msg_id") == question
    )
