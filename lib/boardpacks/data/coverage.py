"""Checks that a snapshot holds what the params ask for."""

from __future__ import annotations

from boardpacks.data.snapshot_manifest import Manifest
from boardpacks.params.models import Params
from boardpacks.params.policies import NO_POLICY
from boardpacks.project.errors import InputError, Problem, near


def check_coverage(params: Params, manifest: Manifest) -> None:
    """Check that the snapshot knows every indicator and area of the params.

    Raises
    ------
    InputError
        Naming every indicator of the catalogue, and every borough, neighbour, trust and comparator, that the snapshot
        holds nothing of; and every indicator whose figures were not hidden and rounded as its policy says.
    """
    snapshot = f"the snapshot {manifest.name}"
    problems = [
        Problem(
            "params/indicators",
            indicator,
            f"nothing in {snapshot}",
            "indicators that the snapshot holds",
            hint,
        )
        for indicator in params.indicators
        if indicator not in manifest.indicators
        for hint in [near(indicator, list(manifest.indicators))]
    ]
    areas = {
        **{
            code: f"params/places/{place.id}.yml"
            for place in params.places.values()
            for code in (*place.neighbours, *(borough.code for borough in place.boroughs))
        },
        **{area.code: "params/system.yml" for area in (*params.system.comparators, *params.system.trusts)},
    }
    problems += [
        Problem(
            where,
            code,
            f"nothing in {snapshot}",
            "codes of areas that the snapshot holds",
            near(code, list(manifest.areas)),
        )
        for code, where in areas.items()
        if code not in manifest.areas
    ]
    problems += _other_policies(params, manifest)
    if problems:
        raise InputError(problems)


def _other_policies(params: Params, manifest: Manifest) -> list[Problem]:
    wanted = {name: policy.name for name, policy in params.policies().items()}
    return [
        Problem(
            "params/indicators",
            f"disclosure of {name}",
            wanted.get(name, NO_POLICY),
            f"{manifest.disclosure.get(name, NO_POLICY)}, as the figures in the snapshot {manifest.name} are",
            "write the snapshot again from the figures themselves",
        )
        for name in params.indicators
        if name in manifest.indicators
        and wanted.get(name, NO_POLICY) != manifest.disclosure.get(name, NO_POLICY)
    ]
