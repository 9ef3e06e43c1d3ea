"""Every fault that is injected, and what comes of it. The table in docs/crash-safety.md says the same."""

from __future__ import annotations

STAYS = "The pack fails and says why; its earlier edition stays."
STOPS = "The build says why and ends with status 74; what is published stays."
CHAPTER = "The chapter fails, with notebook and cell; the pack's earlier edition stays."
WHOLE = "Each pack is the earlier edition or the new one, whole; the next build clears up."

FAULTS = {
    # disk and folders, while a pack is published
    "disk full while a pack is written": STAYS,
    "quota used up while a pack is written": STAYS,
    "file too large while a pack is written": STAYS,
    "disk error while a pack is written": STAYS,
    "disk full while a pack's folder is made": STAYS,
    "read-only folder": STAYS,
    "permission denied": STAYS,
    "path too long": STAYS,
    "earlier edition cannot be moved away": STAYS,
    "new edition cannot be moved in": STAYS,
    "network drive lost at the last step": "The new edition is in place, whole; the build says that the drive failed.",
    "a file where the pack's folder goes": STAYS,
    "a file where the meeting's folder goes": STAYS,
    "a broken link where the pack's folder goes": "The link is replaced by the pack.",
    "a link to a folder where the pack's folder goes": "The pack replaces the link; the other folder stays as it is.",
    "a foreign file in the pack's folder": "It is kept, beside the new edition's files.",
    "a broken link and foreign files in the published folder": "They stay; the library leaves them out.",
    "a damaged pack in the published folder": "The library leaves it out and says why; the next build replaces it.",
    "rendered file gone before publishing": STAYS,
    "Typst dies or hangs": STAYS,
    # disk and folders, elsewhere
    "disk full while the library is written": STOPS,
    "a folder where the library's page goes": STOPS,
    "disk full while an executed notebook is written": STAYS,
    "disk full while the pack is composed": STAYS,
    "work folder vanished in mid-build": STAYS,
    "published folder vanished in mid-build": "Nothing more is published; the build says that the folder has vanished.",
    "no room for the log of a fault": "The fault is told all the same.",
    "a file where the published folder goes": STOPS,
    "read-only published folder": STOPS,
    "disk full while the lock is taken": STOPS,
    "temporary folder full or gone": STAYS,
    # two builds
    "two builds at once": "The second ends at once with status 75, and says who builds what since when.",
    "two builds at once in one process": "The second ends at once with status 75.",
    "lock left by a killed build": "It is taken over, with a note.",
    "owner file damaged": "The operating system's lock decides; the file is written anew.",
    "live lock of another machine": "The build ends at once with status 75, and says who builds.",
    "dead lock of another machine": "After 10 minutes without a sign of life it is watched for 25 s, then taken over.",
    "clock jumped forward": "A lock that shows life while it is watched is respected.",
    "clock jumped back": "A lock that shows no life while it is watched is taken over.",
    "file system without locks": "The owner file and its signs of life decide.",
    "lock taken over while the machine slept": "Nothing more is published; the build says who took over.",
    # notebooks and inputs
    "notebook damaged in mid-build": STAYS,
    "notebook deleted in mid-build": STAYS,
    "params damaged in mid-build": CHAPTER,
    "snapshot damaged in mid-build": CHAPTER,
    "executed notebook damaged": STAYS,
    "kernel ends with os._exit": CHAPTER,
    "kernel crashes": CHAPTER,
    "kernel killed for want of memory": CHAPTER,
    "kernel at its memory limit": CHAPTER,
    "kernel sleeps for ever": CHAPTER,
    "kernel stops itself": CHAPTER,
    "kernel prints a gigabyte at once": CHAPTER,
    "kernel prints without end": CHAPTER,
    "kernel writes to the file handle without end": CHAPTER,
    "kernel shows pictures without end": CHAPTER,
    "kernel shows one huge value": CHAPTER,
    "kernel closes stdout": CHAPTER,
    "kernel forks children": "The pack is published; the children end with the chapter.",
    # the build itself
    "build killed at any step of publishing": WHOLE,
    "build killed at random": WHOLE,
    "half-written files left by killed builds": "The next build deletes them, and nobody else's.",
    # what earlier builds left
    "receipt or result of an earlier build damaged": "It counts as not done, and is done again.",
    "published file changed or missing": "The pack is made and published again.",
    "cache entry corrupted": "It is dropped with a note, and the chapter is executed.",
    "warm process killed": "Its chapters run once more, in ordinary kernels.",
}
