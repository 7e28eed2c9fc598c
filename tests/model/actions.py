"""A small organisation that applies for an action, to be spoiled."""

from __future__ import annotations

from pathlib import Path

from report.workspace import Workspace

ORGANISATION = "name: The Lantern Society\ncountry: IE\nlanguages: [en]\n"
NETWORKS = """\
networks:
  - {id: harbours, name: Harbours of the North, scope: european, country: IE, summary: They keep harbours.}
institutions:
  - {id: sea-fund, name: Sea Fund}
"""
AFFILIATIONS = """\
affiliations:
  - {id: member, network: harbours, kind: member, since: 2015}
"""
DOCUMENTS = """\
documents:
  - {id: frame, kind: logframe, action: lights, title: Logical framework, languages: [en], date: 2026-04-01}
  - id: budget
    kind: budget
    action: lights
    title: Budget
    languages: [en]
    formats: [xlsx]
    date: 2026-04-01
  - {id: partners, kind: co-applicants, action: lights, title: Partners, languages: [en], date: 2026-04-01}
"""
ACTIONS = """\
actions:
  - id: lights
    title: Lights for small harbours
    duration: 24
    starts: 2026-09
    co_applicants:
      - name: Boathouse
        role: co-applicant
        nationality: IE
        mandate: {signed: 2026-02-03}
      - affiliation: member
        role: affiliated-entity
        structural_link: {kind: legal, basis: membership by statute}
    logframe:
      impact:
        text: Safe harbours
        indicators:
          - name: Ships that come home
            unit: percent
            baseline: {value: 90, year: 2025}
            target: {value: 95, year: 2028}
      outcomes:
        - code: Oc 1
          text: Lights burn
          indicators:
            - name: Keepers
              baseline: {value: 3, year: 2025, female: 2, male: 1}
              target: {value: 8, year: 2028, female: 4, male: 4}
      outputs:
        - code: Op 1.1
          outcome: Oc 1
          text: Lamps
          indicators: [{name: Lamps that work}]
      activities:
        - {code: A 1.1.1, output: Op 1.1, text: Buy lamps, means: Money, costs: 1000.00}
    budget:
      indirect_rate: 7
      contingency: {all: 100.00, year_1: 40.00}
      taxes: {all: 12.50}
      groups: [{code: 1.1, text: Salaries}]
      lines:
        - {code: 1.1.1, text: Keeper, unit: month, units: 24, unit_value: 101.01, units_year_1: 12, unit_value_year_1: 99.99}
        - {code: 2.1, text: Journeys, unit: trip, units: 2.5, unit_value: 10.01, units_year_1: 0.5}
        - {code: 3.1, text: Lamps, unit: lamp, units: 7, unit_value: 33.33, units_year_1: 7}
      funding:
        - {kind: requested, amount: 2800.00}
        - {kind: other, by: sea-fund, amount: 182.36}
        - {kind: applicant, amount: 0.50}
"""


def workspace(folder: Path, **changed: tuple[str, str]) -> Workspace:
    """Write the small organisation with one replacement in each file that is named: ``actions=("old", "new")``."""
    own = folder / "data" / "lantern"
    own.mkdir(parents=True)
    files = {
        "organisation": ORGANISATION, "affiliations": AFFILIATIONS, "documents": DOCUMENTS, "actions": ACTIONS,
    }  # fmt: skip
    for name, text in files.items():
        old, new = changed.get(name, ("", ""))
        assert not old or text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        (own / f"{name}.yaml").write_text(text.replace(old, new) if old else text, "utf-8")
    (folder / "data" / "networks.yaml").write_text(NETWORKS, "utf-8")
    return Workspace.at(folder)
