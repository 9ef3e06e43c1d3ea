"""Runs chapters: plan, what is up to date, parameters, execution, workers (floor 5)."""

import sys

# nbformat checks notebooks with jsonschema, which imports this package for addresses where it happens to be
# installed (JupyterLab brings it). That takes two seconds, and notebooks have no addresses to check.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
