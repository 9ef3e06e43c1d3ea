"""What a chapter shows of hospital trusts and of their collaborative."""

from __future__ import annotations

from dataclasses import dataclass

from boardpacks.chapter.collaborative import CollaborativeView
from boardpacks.chapter.hand_over import show_prose, show_statement
from boardpacks.chapter.opened_chapter import Opened, check_known
from boardpacks.chapter.show_xmr import show_controls
from boardpacks.chapter.tables import show_latest
from boardpacks.chapter.xmr_series import control


@dataclass(frozen=True, repr=False)
class OfTrusts(Opened):
    """What a chapter shows of hospital trusts and of their collaborative."""

    def control_chart(self, indicator: str) -> None:
        """Show a monthly indicator of the place's main hospital trust as a control (XmR) chart, with its words.

        Examples
        --------
        >>> chapter.control_chart("ae_four_hour")
        Share of A&E attendances in which the patient is admitted, moved on or sent home within four
        hours. The standard is that of the NHS Constitution; the ambition is that of NHS ...
        """
        found, code = self._indicator(indicator), self._own_place().trust
        made = control(self.snapshot, found, self.params.trust(code), self.params) if code else None
        show_controls(found, [made] if made else [], self._pack, self.snapshot)

    def collaborative(self, collaborative: str = "") -> CollaborativeView:
        """Return a provider collaborative of the params, by default the first, which shows itself part by part.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> [trust.short_name for trust in acute.trusts]
        ['Barts Health', 'BHRUT', 'Homerton']
        """
        known = self.params.collaboratives
        collaborative = collaborative or next(iter(known), "")
        check_known(collaborative, list(known), "collaborative")
        return CollaborativeView(known[collaborative], self.params, self.snapshot, self._pack)

    def trust_table(self) -> None:
        """Show the latest figures of the place's main hospital trust.

        Examples
        --------
        >>> chapter.trust_table()
        Barking, Havering and Redbridge University Hospitals NHS Trust (BHRUT): latest figures
        """
        place = self._own_place()
        if place.trust is None:
            show_statement("trust-latest", f"No hospital trust is named for {place.name}.", facts=[])
            return
        trust = self.params.trust(place.trust)
        linked = {
            indicator for priority in self.params.priorities.values() for indicator in priority.indicators
        }
        measures = [
            self.measure(indicator.id)
            for indicator in self.params.indicators.values()
            if indicator.areas == "trusts" and indicator.id not in linked
        ]
        if not measures:
            show_statement("trust-latest", f"No figure of {trust.name} is held here.", facts=[])
            return
        whole_name = f" {trust.short_name} " in f" {trust.name} "
        name = trust.name if whole_name else f"{trust.name} ({trust.short_name})"
        show_latest(
            "trust-latest",
            f"{name}: latest figures",
            measures,
            self.params,
            self.snapshot,
            about=trust.short_name,
        )

    def trust_charts(self) -> None:
        """Show the control charts of the place's main hospital trust that params/system.yml asks for.

        Examples
        --------
        >>> chapter.trust_charts()
        ### A&E attendances completed within four hours
        ...
        """
        for name in self.params.system.trust_charts:
            show_prose(f"### {self._indicator(name).name}")
            self.control_chart(name)
