"""The facts of a small organisation that has a little of everything, by file."""

FACTS = {
    "networks.yaml": """\
networks:
  - id: union
    name: The Union
    scope: national
    summary: A network.
    working_groups: 3
    figures:
      - {id: members, value: 40, label: Members, as_of: 2024}
institutions:
  - {id: ministry, name: The Ministry}
""",
    "organisation.yaml": """\
name: Amani
acronym: AM
country: KE
languages: [en]
mission: Peace.
contact: {email: office@example.org, website: https://example.org}
registrations:
  - {registry: Court, number: "1"}
""",
    "affiliations.yaml": """\
affiliations:
  - {id: union, network: union, kind: member, since: 2010, role: A member.}
""",
    "objectives.yaml": """\
objectives:
  - {id: peace, kind: joint, text: Peace, affiliations: [union]}
""",
    "documents.yaml": """\
documents:
  - {id: report, kind: annual-report, title: Report, languages: [en], formats: [html], date: 2025-03-01, year: 2024}
""",
    "people.yaml": """\
people:
  - {id: jane, name: Jane Doe, body: board, role: Chair, represents: true}
""",
    "programmes.yaml": """\
programmes:
  - {id: books, name: Books, since: 2010, summary: We read.}
indicators:
  - {id: readers, name: Readers, unit: percent}
""",
    "projects.yaml": """\
projects:
  - id: shelves
    title: Shelves
    funder_name: A baker
    since: 2022
    until: 2023
    role: COO
    currency: EUR
    cost: 100
    received: 80
""",
    "actions.yaml": """\
actions:
  - id: valleys
    title: Valleys
    currency: EUR
    co_applicants:
      - {name: The Baker, role: co-applicant, mandate: {signed: 2024-01}}
    logframe:
      impact:
        text: Peace
        indicators: [{name: Days, baseline: {value: 1, year: 2024}, target: {value: 2, year: 2026}}]
      outcomes:
        - {code: Oc 1, text: Calm, indicators: [{name: Days}]}
    budget:
      indirect_rate: 7
      lines:
        - {code: 1.1.1, text: Pay, unit: month, units: 2, unit_value: 50}
""",
    "2024/year.yaml": "currency: EUR\nsummary: A year.\n",
    "2024/finance.yaml": """\
income:
  - {id: gifts, label: Gifts, kind: donations, amount: 100}
expenditure:
  - {id: pay, label: Pay, nature: staff, amount: 60, programme: books}
""",
    "2024/donations.yaml": """\
received:
  - id: one
    donor: {kind: company, name: A baker}
    kind: money
    value: 10
    purpose: Books
    income: gifts
""",
    "2024/activities.yaml": """\
activities:
  - {id: reading, programme: books, title: Reading, begins: 2024-05, cost: 50}
""",
    "2024/results.yaml": """\
results:
  - {indicator: readers, target: 40}
""",
    "2024/stories.yaml": """\
stories:
  - id: ann
    title: Ann
    text: She reads.
    person: Bea
    consent: {date: 2024-02-02, by: person}
""",
}
