"""The warm runner: chapters in forks of a process that has imported everything once.

All of the library that leans on ipykernel's own parts lies in this room, since they may change with any version of
it. The rest of ``execute/`` knows these names only, and runs ordinary kernels where there is no warm process:

- :func:`start_warm` starts a :class:`WarmProcess`, or tells in one line why there is none: forks are made with the
  versions of ipykernel in :data:`TESTED`, on Linux, unless :data:`SWITCH` says otherwise.
- :meth:`WarmProcess.fork` starts a :class:`Fork`. It is given each :class:`CellToRun` and sends the messages that a
  kernel would send; :class:`WarmProcessLost` says that it was the warm process that ended.
- :mod:`~boardpacks.execute.warm.guard_output` limits, in ordinary kernels too, what is printed.
"""

from boardpacks.execute.warm.forks import CellToRun, Fork, WarmProcess, WarmProcessLost
from boardpacks.execute.warm.start_process import SWITCH, TESTED, start_warm, warm_is_possible

__all__ = [
    "SWITCH",
    "TESTED",
    "CellToRun",
    "Fork",
    "WarmProcess",
    "WarmProcessLost",
    "start_warm",
    "warm_is_possible",
]
