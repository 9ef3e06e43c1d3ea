"""Where chapters are executed, as ``--workers`` says it: on this machine, or on a Dask cluster."""

from __future__ import annotations

import importlib
import inspect
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from boardpacks.params.check_model import check_model
from boardpacks.params.read_yaml import read_document
from boardpacks.params.values import Model
from boardpacks.project.errors import BoardpacksError, InputError, Problem

if TYPE_CHECKING:
    from distributed import Client
    from distributed.deploy.cluster import Cluster as DaskCluster

ANSWER_SECONDS = 10
"""How long a scheduler may take to answer."""

WAIT_SECONDS = 120
"""How long is waited for a worker while there is none, unless a description of the cluster says otherwise."""

_ADDRESS = re.compile(r"(?P<scheme>dask|tcp|tls|ucx|ws|wss)://\S+")
_ALLOWED = (
    "how many at once (1 or more), the address of a Dask scheduler such as dask://host:8786, "
    "or the name of a YAML file that describes a Dask cluster"
)


class ClusterFailed(BoardpacksError):  # noqa: N818 - says what happened
    """A Dask cluster cannot be used, or can no longer."""

    exit_status: ClassVar[int] = 69


class Adapt(Model):
    """Between how many workers a cluster grows and shrinks by itself."""

    minimum: Annotated[int, Field(ge=0)] = 0
    maximum: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.minimum > self.maximum:
            raise ValueError("a minimum that is not above the maximum")
        return self


class ClusterSpec(Model):
    """A Dask cluster that a build starts and ends.

    Parameters
    ----------
    class_
        Full name of the class, such as ``dask.distributed.LocalCluster``.
    options
        What the class is given, by name.
    scale
        How many workers are asked for; by default as many as the class starts by itself.
    adapt
        Between how many workers the cluster changes by itself, instead.
    wait
        Seconds to wait for a worker while there is none.
    """

    class_: Annotated[str, Field(alias="class", min_length=1)]
    options: dict[str, Any] = Field(default_factory=dict)
    scale: Annotated[int, Field(ge=1)] | None = None
    adapt: Adapt | None = None
    wait: Annotated[int, Field(ge=1)] = WAIT_SECONDS

    @model_validator(mode="after")
    def _scale_or_adapt(self) -> Self:
        if self.scale is not None and self.adapt is not None:
            raise ValueError("scale or adapt, not both")
        return self


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster: a running one at `address`, or one that is started from `spec`.

    Parameters
    ----------
    name
        The address or the file, as the user wrote it.
    """

    name: str
    address: str | None = None
    spec: ClusterSpec | None = None

    @property
    def wait(self) -> int:
        """Seconds to wait for a worker while there is none."""
        return self.spec.wait if self.spec else WAIT_SECONDS

    @property
    def most_workers(self) -> int:
        """How many workers it may grow to by itself; 0 when that is not known."""
        return self.spec.adapt.maximum if self.spec and self.spec.adapt else 0

    @contextmanager
    def connect(self) -> Iterator[Client]:
        """Connect to the cluster; one that has to be started is ended afterwards.

        Raises
        ------
        ClusterFailed
            When it does not start or answer.
        """
        distributed = importlib.import_module("distributed")
        with self._started() as address:
            try:
                client = distributed.Client(
                    address, timeout=ANSWER_SECONDS, set_as_default=False, name="boardpacks"
                )
            except (OSError, ValueError, ImportError, RuntimeError) as error:  # a time-out is an OSError
                raise ClusterFailed(
                    f"The Dask scheduler {self.name} cannot be reached: {first_line(error)}\n"
                    "  Look whether it runs there, and whether this machine may connect to it."
                ) from None
            with client:
                yield client

    @contextmanager
    def _started(self) -> Iterator[str | DaskCluster]:
        if self.spec is None:
            assert self.address is not None
            yield self.address
            return
        make = _cluster_class(self.name, self.spec.class_)
        try:
            with _deaf_to_interrupts(make):
                cluster = make(**_plain(self.spec.options))
        except Exception as error:  # whatever the class of somebody else raises, the user's file is at fault
            raise ClusterFailed(
                f"{self.name}: {self.spec.class_} does not start\n  {first_line(error)}"
            ) from None
        with cluster:
            if self.spec.adapt is not None:
                cluster.adapt(minimum=self.spec.adapt.minimum, maximum=self.spec.adapt.maximum)
            elif self.spec.scale is not None:
                cluster.scale(self.spec.scale)
            yield cluster


def read_workers(text: str) -> int | Cluster:
    """Return what ``--workers`` asks for: a number of workers here, or a cluster.

    Raises
    ------
    InputError
        When it is neither, or the file that describes the cluster is faulty.
    """
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    if match := _ADDRESS.fullmatch(text):
        scheme = "tcp" if match["scheme"] == "dask" else match["scheme"]
        return Cluster(text, address=f"{scheme}://{text.partition('://')[2]}")
    path = Path(text)
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return Cluster(text, spec=_read_spec(path, text))
    raise InputError([Problem("boardpacks build", "--workers", text, _ALLOWED)])


def _read_spec(path: Path, file: str) -> ClusterSpec:
    document, faults = read_document(path, file)
    spec = None
    if document is not None and not faults:
        spec, faults = check_model(ClusterSpec, document)
    if spec is None or faults:
        raise InputError([fault.problem for fault in sorted(faults)])
    return spec


def _cluster_class(file: str, name: str) -> type[DaskCluster]:
    """Return the class of a cluster by its full name.

    Raises
    ------
    InputError
        When there is none of that name, or it is something else.
    """
    module, _, attribute = name.rpartition(".")
    allowed = "the full name of a class of Dask clusters, such as dask.distributed.LocalCluster"
    try:
        found = getattr(importlib.import_module(module), attribute)
    except ImportError as error:
        missing = f"{name} ({error})"
        hint = f"install the package that {module.partition('.')[0]} is in"
        raise InputError([Problem(file, "class", missing, allowed, hint)]) from None
    except (AttributeError, ValueError):
        raise InputError([Problem(file, "class", name, allowed)]) from None
    base: type[DaskCluster] = importlib.import_module("distributed.deploy.cluster").Cluster
    if not (inspect.isclass(found) and issubclass(found, base)):
        raise InputError([Problem(file, "class", f"{name}, which is something else", allowed)])
    return found


@contextmanager
def _deaf_to_interrupts(make: type[DaskCluster]) -> Iterator[None]:
    """Have the workers of a cluster on this machine ignore Ctrl-C, which a terminal sends to them as well.

    They are ended by the build, and would each print a trace. Whoever is started while a signal is ignored
    ignores it too.
    """
    local = issubclass(make, importlib.import_module("distributed").LocalCluster)
    if not local or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _plain(value: Any) -> Any:
    """Return a value of a YAML file with lists as Python writes them, since classes of others may want such."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def first_line(error: BaseException) -> str:
    """Return the first line of what an exception says, or its name."""
    said = str(error).strip().splitlines()
    return said[0] if said else type(error).__name__
