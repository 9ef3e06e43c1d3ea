"""Keeps nbformat from importing what checks addresses, which notebooks have none of.

nbformat checks notebooks with jsonschema, which imports this package where it happens to be installed (JupyterLab
brings it), and that takes two seconds. Rooms that read notebooks import this module before anything else.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
