"""Tests of planning have the small project of the tests of execution."""

from tests.execute.conftest import params, project

__all__ = ["params", "project"]
