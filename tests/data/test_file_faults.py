"""The same fault on many lines is told once, with a dozen of them."""

from __future__ import annotations

from boardpacks.data.file_faults import FaultPlace, FileFault, in_groups, located
from boardpacks.data.schema import TableFault


def test_one_fault_is_told_as_it_is():
    (problem,) = in_groups([FileFault("a.csv", 7, "value", "n/a", "a number", "a hint")])
    assert str(problem) == "a.csv, line 7: value\n  found    n/a\n  allowed  a number\n  hint     a hint"


def test_lines_with_the_same_found_are_one_problem():
    (problem,) = in_groups(
        [FileFault("a.csv", line, "value", "n/a", "a number") for line in reversed(range(2, 76))]
    )
    assert problem.where == "a.csv, lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 62 more"
    assert problem.found == "n/a"


def test_lines_with_other_things_found_tell_a_dozen_of_them():
    (problem,) = in_groups(
        [FileFault("a.csv", line, "value", f"x{line % 20}", "a number") for line in range(2, 76)]
    )
    assert problem.found.splitlines()[0] == "lines 2, 22, 42, 62: x2"
    assert len(problem.found.splitlines()) == 13
    assert problem.found.splitlines()[-1].strip() == "and 8 more"


def test_other_files_columns_and_reasons_are_problems_of_their_own():
    faults = [
        FileFault("a.csv", 2, "value", "n/a", "a number"),
        FileFault("b.csv", 2, "value", "n/a", "a number"),
        FileFault("a.csv", 2, "count", "n/a", "a number"),
        FileFault("a.csv", 3, "value", "inf", "a finite number"),
    ]
    assert len(in_groups(faults)) == 4


def test_a_row_of_a_table_is_told_by_file_and_line_and_so_is_what_it_clashes_with():
    places = [FaultPlace("a.csv", 4), FaultPlace("b.csv", 9)]
    (fault,) = located([TableFault(1, "key", "x", "once", clashes=0)], places)
    assert (fault.file, fault.line, fault.found) == ("b.csv", 9, "x, against a.csv, line 4")
