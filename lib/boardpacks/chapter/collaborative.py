"""A provider collaborative as its chapter shows it: what it is, its trusts at a glance, its measures part by part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from boardpacks.chapter.hand_over import show_statement, show_table
from boardpacks.chapter.make_facts import said
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.show_xmr import show_controls
from boardpacks.chapter.tables import measure_label
from boardpacks.chapter.xmr_facts import statement_facts
from boardpacks.chapter.xmr_series import Control, control
from boardpacks.chapter.xmr_words import ASSURANCES, VARIATIONS
from boardpacks.charts.alt_text import inside
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.wording import NOT_HELD, listed, number, period, sentence, short_period
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.priority import Collaborative, Outcome
from boardpacks.params.system import Trust
from boardpacks.project.errors import BoardpacksError, near

CONCERN = "Special cause: concern"


@dataclass(frozen=True)
class CollaborativeView:
    """A provider collaborative.

    Parameters
    ----------
    collaborative
        As the params describe it.
    params, snapshot
        The system's params and the published figures.
    pack
        Id under which facts go: a place's, or the system's.
    """

    collaborative: Collaborative
    params: Params
    snapshot: Snapshot
    pack: str
    _made: dict[tuple[str, str], Control | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def trusts(self) -> tuple[Trust, ...]:
        """Its member trusts, in its order.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> [trust.short_name for trust in acute.trusts]
        ['Barts Health', 'BHRUT', 'Homerton']
        """
        return tuple(self.params.trust(code) for code in self.collaborative.trusts)

    @property
    def measured_pathways(self) -> tuple[Outcome, ...]:
        """Its pathways that have measures.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> [one.title for one in acute.measured_pathways]
        ['Planned care', 'Urgent and emergency care', 'Cancer']
        """
        return tuple(one for one in self.collaborative.pathways if one.indicators)

    @property
    def measured_priorities(self) -> tuple[Outcome, ...]:
        """Its priorities that have measures which no pathway shows.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> [one.title for one in acute.measured_priorities]
        ['High-quality clinical services']
        """
        return tuple(one for one in self.collaborative.priorities if self._beside_pathways(one))

    @property
    def unmeasured(self) -> tuple[Outcome, ...]:
        """Its pathways, then its priorities, without any measure.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.unmeasured[0].title
        'Critical care'
        """
        own = self.collaborative
        return tuple(one for one in (*own.pathways, *own.priorities) if not one.indicators)

    def about(self) -> None:
        """Show what the collaborative is: members, themes, who decides, and what they have done for one another.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.about()
        The three hospital trusts of north east London and NHS North East London plan hospital care
        together. Its trusts are Barts Health NHS Trust, Barking, Havering and Redbridge ...
        """
        own = self.collaborative
        told = [sentence(own.about)]
        if own.trusts:
            told.append(f"Its trusts are {listed([f'{trust.name}' for trust in self.trusts])}.")
        if own.themes:
            told.append(f"Its themes are {listed(own.themes)}.")
        told += [sentence(own.decisions)] if own.decisions else []
        paragraphs = [" ".join(told)]
        if own.mutual_aid:
            aid = own.mutual_aid
            paragraphs.append(f"**Mutual aid.** {sentence(aid.text)} Source: {aid.source}.")
        show_statement("about", "\n\n".join(paragraphs), facts=[])

    def priorities(self) -> None:
        """Show a table of the collaborative's priorities: what measures each, or why nothing does.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.priorities()
        The acute collaborative's priorities, 2024/25, and what measures them
        """
        self._parts_table("priorities", "Strategic priority", self.collaborative.priorities)

    def pathways(self) -> None:
        """Show a table of the collaborative's pathways: what measures each, or why nothing does.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.pathways()
        The acute collaborative's pathways, and what measures them
        """
        self._parts_table("pathways", "Clinical pathway", self.collaborative.pathways)

    def glance(self) -> None:
        """Show the latest month of every measure and trust, with variation and assurance in words and signs.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.glance()
        The trusts at a glance
        """
        indicators = [self.params.indicators[name] for name in self.collaborative.indicators]
        rows, facts = [], list[Fact]()
        for indicator in indicators:
            controls = self._controls(indicator)
            newest = max((c.latest for c in controls if c), key=lambda o: o.start, default=None)
            if newest is None:
                continue
            cells = [_cell(found, newest.period, self.pack) for found in controls]
            rows.append([f"{measure_label(indicator)}, {short_period(newest.period)}", *cells])
            facts += [
                f for found in controls if found for f in statement_facts(found, self.pack, self.snapshot)
            ]
        if not rows:
            words = f"No figure is held for the trusts of the {self.collaborative.name} collaborative."
            show_statement("glance", words, facts=[])
            return
        columns = [Column("Measure and month", width=28)]
        columns += [Column(trust.short_name, width=72 / len(self.trusts)) for trust in self.trusts]
        note = (
            "Beside each value: what kind of variation it is, and whether the trust will meet, will miss or may miss "
            f"the standard if nothing changes. {sources(indicators)}"
        )
        show_table("glance", columns, rows, title="The trusts at a glance", note=note, facts=facts)

    def pathway(self, pathway: str) -> None:
        """Show a pathway: each of its measures with a control chart for every trust, and what is not measured.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.pathway("maternity")
        **Maternity: no measure here yet.** This pack's published figures do not cover maternity ...
        """
        found = self._part(pathway, self.collaborative.pathways, "pathway")
        self._show(found, found.indicators)

    def priority(self, priority: str) -> None:
        """Show those measures of a priority that no pathway shows, and what is not measured.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.priority("high-quality-clinical-services")
        **High-quality clinical services: not measured yet.** This pack's published figures do not
        show how safe care is, how well treatment works or how patients find it, trust by ...
        """
        found = self._part(priority, self.collaborative.priorities, "priority")
        self._show(found, self._beside_pathways(found))

    def part(self, part: Outcome) -> None:
        """Show a pathway or a priority, whichever it is.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.part(acute.unmeasured[0])
        **Critical care: no measure here yet.** This pack's published figures do not cover critical ...
        """
        shows = self.pathway if part in self.collaborative.pathways else self.priority
        shows(part.id)

    def committee(self) -> None:
        """Say which trusts and measures call for the committee's attention, and which cannot be judged.

        That nothing is of concern is said; other groups without any measure are left out.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> acute.committee()
        - **Special cause: concern:** No measure.
        ...
        """
        controls = [
            made
            for name in self.collaborative.indicators
            for made in self._controls(self.params.indicators[name])
            if made
        ]
        if not controls:
            words = f"No figure is held for the trusts of the {self.collaborative.name} collaborative."
            show_statement("committee", words, facts=[])
            return
        groups = [
            (CONCERN, [c for c in controls if c.chart.variation.startswith("concern")]),
            (
                "Special cause: improvement",
                [c for c in controls if c.chart.variation.startswith("improvement")],
            ),
            (
                "Special cause: high or low, where neither is better",
                [c for c in controls if c.chart.variation.startswith("neutral")],
            ),
            (
                "Will consistently miss the standard if nothing changes",
                [c for c in controls if c.chart.assurance == "fails"],
            ),
            ("Will consistently meet the standard", [c for c in controls if c.chart.assurance == "passes"]),
            (
                "Shown and not judged",
                [c for c in controls if not c.is_judged and c.indicator.no_limits is None],
            ),
        ]
        lines = [
            f"- **{words}:** {self._by_measure(found)}"
            for words, found in groups
            if found or words == CONCERN
        ]
        show_statement("committee", "\n".join(lines), facts=[])

    def _parts_table(self, name: str, label: str, parts: tuple[Outcome, ...]) -> None:
        if not parts:
            words = f"No {name} of the {self.collaborative.name} collaborative are named here."
            show_statement(name, words, facts=[])
            return
        rows = [[part.title, self._measured(part)] for part in parts]
        year = f", {self.collaborative.year}" if self.collaborative.year and name == "priorities" else ""
        show_table(
            name,
            [Column(label, width=30), Column("What this chapter shows of it", width=70)],
            rows,
            title=f"The {self.collaborative.name} collaborative's {name}{year}, and what measures them",
            note="",
            facts=[],
        )

    def _measured(self, part: Outcome) -> str:
        names = [inside(self.params.indicators[name].name) for name in part.indicators]
        told = [sentence("; ".join(names))] if names else ["No measure here yet."]
        return " ".join([*told, *([part.gap] if part.gap else [])])

    def _show(self, part: Outcome, indicators: Iterable[str]) -> None:
        if part.gap is not None:
            lead = "not measured yet" if part.indicators else "no measure here yet"
            show_statement(f"{part.id}-gap", f"**{part.title}: {lead}.** {part.gap}", facts=[])
        for name in indicators:
            indicator = self.params.indicators[name]
            controls = [found for found in self._controls(indicator) if found]
            show_controls(indicator, controls, self.pack, self.snapshot, heading=True)

    def _beside_pathways(self, part: Outcome) -> list[str]:
        """Return a priority's indicators that no pathway shows."""
        elsewhere = {name for one in self.collaborative.pathways for name in one.indicators}
        return [name for name in part.indicators if name not in elsewhere]

    def _part(self, wanted: str, parts: tuple[Outcome, ...], what: str) -> Outcome:
        known = {part.id: part for part in parts}
        if wanted not in known:
            hint = near(wanted, list(known))
            raise BoardpacksError(
                f"no {what} {wanted!r} of the {self.collaborative.name} collaborative: "
                f"allowed are {', '.join(known)}. {hint}".rstrip()
            )
        return known[wanted]

    def _controls(self, indicator: Indicator) -> list[Control | None]:
        return [self._control(indicator, trust) for trust in self.trusts]

    def _by_measure(self, found: Iterable[Control]) -> str:
        groups: dict[str, list[str]] = {}
        for one in found:
            groups.setdefault(inside(one.indicator.name), []).append(one.trust.short_name)
        told = [
            f"{name} ({'all trusts' if len(names) == len(self.trusts) > 1 else listed(names)})"
            for name, names in groups.items()
        ]
        return sentence("; ".join(told) or "no measure")

    def _control(self, indicator: Indicator, trust: Trust) -> Control | None:
        key = indicator.id, trust.code
        if key not in self._made:
            self._made[key] = control(self.snapshot, indicator, trust, self.params)
        return self._made[key]


def _cell(found: Control | None, newest: str, pack: str) -> str:
    """Return a trust's latest value with its variation, and what becomes of its first target, in words and signs."""
    if found is None:
        return NOT_HELD
    value = said(number(found.latest.value, found.indicator), found.latest, pack)
    older = "" if found.latest.period == newest else f" ({period(found.latest.period)})"
    if found.indicator.no_limits is not None:
        return f"**{value}**{older}"
    told = [f"**{value}**{older} {VARIATIONS[found.chart.variation].short_span}"]
    if found.chart.assurance != "not-judged":
        told.append(ASSURANCES[found.chart.assurance].short_span)
    return " ".join(told)
