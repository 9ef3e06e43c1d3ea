from __future__ import annotations

import subprocess
import sys

import pytest

from boardpacks.build import cluster as module
from boardpacks.build import hire as hiring
from boardpacks.build.cluster import Cluster, ClusterFailed, read_workers
from boardpacks.build.limits import Limits
from boardpacks.params.errors import InputError

FIXED = """
class: dask.distributed.LocalCluster
options:
  n_workers: 2
  dashboard_address: null
  env: {TZ: UTC}
  plugins: [one, two]
wait: 30
"""


def spec(folder, text):
    path = folder / "cluster.yaml"
    path.write_text(text)
    return str(path)


def described(folder, text) -> Cluster:
    found = read_workers(spec(folder, text))
    assert isinstance(found, Cluster)
    return found


def problems(text):
    with pytest.raises(InputError) as caught:
        read_workers(text)
    return caught.value.problems


def test_a_number_of_workers_here():
    assert read_workers("3") == 3


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("dask://host:8786", "tcp://host:8786"),
        ("tcp://10.0.0.1:8786", "tcp://10.0.0.1:8786"),
        ("tls://host:8786", "tls://host:8786"),
    ],
)
def test_the_address_of_a_scheduler(text, address):
    assert read_workers(text) == Cluster(text, address=address)


@pytest.mark.parametrize("text", ["0", "-1", "many", "", "http://host:1", "host:8786", "missing.yaml", "2.5"])
def test_anything_else_is_refused_with_what_is_allowed(text):
    (problem,) = problems(text)
    assert (problem.where, problem.key, problem.found) == ("boardpacks build", "--workers", text)
    assert "dask://host:8786" in problem.allowed
    assert "YAML" in problem.allowed


def test_a_file_describes_a_cluster(tmp_path):
    found = described(tmp_path, FIXED)
    assert found.spec is not None
    assert found.spec.class_ == "dask.distributed.LocalCluster"
    assert found.spec.options["n_workers"] == 2
    assert module._plain(found.spec.options)["plugins"] == ["one", "two"]
    assert (found.wait, found.most_workers) == (30, 0)


def test_a_cluster_that_grows_by_itself(tmp_path):
    found = described(tmp_path, "class: a.B\nadapt: {minimum: 1, maximum: 8}\n")
    assert found.most_workers == 8


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("options: {}\n", "class", "a value"),
        ("class: a.B\noption: {}\n", "option", "options"),
        ("class: 3\n", "class", "text"),
        ("class: a.B\noptions: 3\n", "options", "keys and values"),
        ("class: a.B\nadapt: {maximum: 0}\n", "adapt.maximum", "at least 1"),
        ("class: a.B\nadapt: {minimum: 3, maximum: 2}\n", "adapt", "minimum"),
        ("class: a.B\nscale: 2\nadapt: {maximum: 2}\n", "", "not both"),
        ("class: [\n", "", "YAML"),
    ],
)
def test_faults_of_the_file_are_told_with_line_and_key(tmp_path, text, key, allowed):
    (problem,) = problems(spec(tmp_path, text))
    assert "cluster.yaml, line " in problem.where
    assert problem.key == key
    assert allowed in problem.allowed


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("no_such_package.Cluster", "No module named 'no_such_package'"),
        ("dask.distributed.NoSuchCluster", "dask.distributed.NoSuchCluster"),
        ("subprocess.Popen", "subprocess.Popen, which is something else"),
        ("LocalCluster", "LocalCluster"),
    ],
)
def test_a_class_that_is_none_of_dask_is_refused_and_not_called(tmp_path, name, found):
    cluster = described(tmp_path, f"class: {name}\n")
    with pytest.raises(InputError) as caught, cluster.connect():
        pass
    (problem,) = caught.value.problems
    assert problem.key == "class"
    assert found in problem.found
    assert "dask.distributed.LocalCluster" in problem.allowed


def test_an_option_that_the_class_does_not_take_is_told_with_file_and_class(tmp_path):
    text = "class: dask.distributed.LocalCluster\noptions: {n_workers: many, dashboard_address: null}\n"
    with (
        pytest.raises(
            ClusterFailed, match=r"cluster\.yaml: dask\.distributed\.LocalCluster does not start\n  \S"
        ),
        described(tmp_path, text).connect(),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_told_soon(monkeypatch):
    monkeypatch.setattr(module, "ANSWER_SECONDS", 1)
    distributed = pytest.importorskip("distributed")
    asked, real = [], distributed.Client

    def connect(*to, **how):
        asked.append(how["timeout"])
        return real(*to, **how)

    monkeypatch.setattr(distributed, "Client", connect)
    with pytest.raises(ClusterFailed) as caught, Cluster("dask://127.0.0.1:1", "tcp://127.0.0.1:1").connect():
        pass
    assert str(caught.value).startswith("The Dask scheduler dask://127.0.0.1:1 cannot be reached: ")
    assert caught.value.exit_status == 69
    assert asked == [1], "Dask by itself waits for half a minute"


def test_without_dask_it_is_said_what_to_install(monkeypatch, project):
    monkeypatch.setattr(hiring, "find_spec", lambda name: None)
    hire = hiring.hire(Cluster("dask://host:8786", "tcp://host:8786"), project, "one", {})
    with pytest.raises(ClusterFailed, match=r"pip install 'boardpacks\[cluster\]'"):
        hire(Limits())


def test_a_build_without_a_cluster_imports_nothing_of_dask():
    code = (
        "import sys, boardpacks.cli, boardpacks.packs.make\n"
        "print([name for name in sys.modules if name.partition('.')[0] in {'dask', 'distributed'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
