"""Every hint that shows YAML is followed to the letter, and what it is about is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.model.facts import FACTS
from tests.model.hints import Case, checked, prove

ORG, NET, YEAR, FIN, DOC, ACT = "organisation.yaml", "networks.yaml", "2024/year.yaml", "2024/finance.yaml", "documents.yaml", "actions.yaml"  # fmt: skip
PRO, DON, AFF = "projects.yaml", "2024/donations.yaml", "affiliations.yaml"
BG = (DOC, "languages: [en]", "languages: [bg]")
TWO = (DOC, "languages: [en]", "languages: [en, bg]")

FUNDED = frozenset({"project.contributions", "project.received", "project.granted"})
"""What is new where a project costs as much as it may have been meant to."""

CASES: dict[str, Case] = {
    # what is no YAML, or hardly meant
    "a comma in a number": Case("source/plain.py", "yaml.comma", "write  value: 12400  , or  value: 12.40", ((NET, "value: 40", "value: 12,400"),), edits=(((NET, "value: 12,400", "{}"),),) * 2),
    "a German number": Case("source/plain.py", "yaml.comma", "write  cost: 85000.00", (("2024/activities.yaml", "cost: 50", "cost: 85.000,00 €"), (FIN, "amount: 60", "amount: 90000")), edits=((("2024/activities.yaml", "cost: 85.000,00 €", "{}"),),)),
    "a comma in a text": Case("source/plain.py", "yaml.comma", 'if it belongs to the value before it, write  role: "A member, too."  ; if not, write  too.: …', ((AFF, "role: A member.", "role: A member, too."),), edits=(((AFF, "role: A member, too.", "{}"),), None)),
    "a comma behind a record": Case("source/plain.py", "yaml.comma", "write  loose: …", ((NET, "{id: ministry,", "{id: ministry, a: {b: c}, loose,"),), edits=(((NET, "loose,", "{},"),),)),
    "quotes of print": Case("source/plain.py", "yaml.quotes", 'write "1"', ((ORG, 'number: "1"', "number: “1”"),)),
    "a sign that cuts a text": Case("source/plain.py", "yaml.comment", 'put a space after # if it is a comment; if not, write "Peace #now"', ((ORG, "mission: Peace.", "mission: Peace #now"),), edits=(((ORG, "Peace #now", "{}"),),)),
    "no colon": Case("source/syntax.py", "yaml.syntax", "write  country: KE", ((ORG, "country: KE", "country KE"),)),
    "no space behind the colon": Case("source/syntax.py", "yaml.syntax", "write  country: KE", ((ORG, "country: KE", "country:KE"),)),
    "a colon in a text": Case("source/syntax.py", "yaml.syntax", 'write  mission: "Peace: now"', ((ORG, "mission: Peace.", "mission: Peace: now"),)),
    "a Latin letter": Case("source/invisible.py", "yaml.letters", "write “Мир”", ((ORG, "mission: Peace.", "mission: Mир"),), edits=(((ORG, "Mир", "Мир"),),)),
    # records, lists, words, numbers
    "what is missing": Case("model/loading/validation.py", "data.missing", "add  body: …", (("people.yaml", "body: board, ", ""),), {"…": "board"}),
    "a text for a record": Case("model/loading/validation.py", "data.model_type", "write  {joined: 2}", ((AFF, "role: A member.", "role: A member., working_groups: 2"),)),
    "a text for a record of two": Case("model/loading/validation.py", "data.model_type", "write  {opening: …, closing: …}", ((FIN, "income:\n", "restricted: none\nincome:\n"),), {"…": "0"}),
    "a text for a list": Case("model/loading/validation.py", "data.tuple_type", "write  [en, bg]", ((ORG, "[en]", "en, bg"),)),
    "neither yes nor no": Case("model/loading/validation.py", "data.bool_parsing", "write true or false", (("people.yaml", "represents: true", "represents: maybe"),), edits=((("people.yaml", "maybe", "true"),),)),
    "an id with capitals": Case("model/loading/validation.py", "data.form", "write jane-doe", (("people.yaml", "id: jane", "id: Jane Doe"),)),
    "a country by its name": Case("model/loading/validation.py", "data.form", "write KE", ((ORG, "country: KE", "country: Kenya"),)),
    "the only word": Case("model/loading/validation.py", "data.literal_error", "did you mean 'member'?", ((AFF, "kind: member", "kind: membre"),)),
    "a word that there is not": Case("model/loading/validation.py", "data.unknown", "did you mean 'mission'?", ((ORG, "mission:", "misson:"),)),
    "a number with a unit": Case("model/loading/number_hints.py", "data.decimal_parsing", "write 1250.50", ((PRO, "cost: 100", "cost: 1 250,50 €"),)),
    "half a person": Case("model/loading/number_hints.py", "data.int_parsing", "write 3; it has no decimal places", ((NET, "working_groups: 3", "working_groups: 2.6"),)),
    "an eighth": Case("model/loading/number_hints.py", "data.decimal_parsing", "write 100.13; EUR has 2 decimal places", ((PRO, "cost: 100", "cost: 0100,125"),)),
    "half a yen": Case("model/loading/number_hints.py", "data.decimal_parsing", "write 101; JPY has no decimal places", ((PRO, "cost: 100", 'cost: "100,5"'), (PRO, "currency: EUR", "currency: JPY"))),
    "an Arabic number": Case("model/loading/number_hints.py", "data.decimal_parsing", "write 100.5", ((PRO, "cost: 100", "cost: ١٠٠٫٥"),)),
    "too many decimals": Case("model/loading/number_hints.py", "data.decimal_max_places", "write 100.12", ((PRO, "cost: 100", "cost: 100.12345"),)),
    "too many decimals for Chile": Case("model/loading/number_hints.py", "data.decimal_max_places", "write 100.1235", ((PRO, "cost: 100", "cost: 100.12345"), (PRO, "currency: EUR", "currency: CLF"))),
    "an address without a scheme": Case("source/suggest.py", "data.form", "write https://www.example.org", ((ORG, "website: https://example.org", "website: www.example.org"),)),
    "an address of mail in words": Case("source/suggest.py", "data.form", "write office@example.org", ((ORG, "office@example.org", "office (at) example.org"),)),
    "a thousand or one": Case("model/numbers.py", "number.thousands", "write 12400, or 12.40", ((PRO, "cost: 100", "cost: 12.400"),), also=FUNDED),
    "a third of a hundred": Case("model/numbers.py", "number.thousands", "write 33333, or 33.33; EUR has 2 decimal places", ((PRO, "cost: 100", "cost: 33.333"),), also=FUNDED),
    "a third in yen": Case("model/numbers.py", "number.thousands", "write 33333, or 33; JPY has no decimal places", ((PRO, "cost: 100", "cost: 33.333"), (PRO, "currency: EUR", "currency: JPY")), also=FUNDED),
    "a comma in quotes": Case("model/loading/number_hints.py", "number.thousands", "write 12400, or 12.40", ((PRO, "cost: 100", 'cost: "12,400"'),), also=FUNDED),
    "a Swiss amount": Case("model/loading/number_hints.py", "number.thousands", "write 1234567, or 1234.57; EUR has 2 decimal places", ((PRO, "cost: 100", "cost: 1'234.567"),), also=FUNDED),
    "a figure with a comma": Case("model/loading/number_hints.py", "number.thousands", "write 33333, or 33.3330", ((NET, "value: 40", 'value: "33,333"'),)),
    "a third of a figure": Case("model/loading/number_hints.py", "number.thousands", "write 33333, or 33.3330", ((NET, "value: 40", "value: 33.333"),)),
    "twelve groups or thousands": Case("model/loading/number_hints.py", "number.thousands", "write 12000, or 12", ((NET, "working_groups: 3", "working_groups: 12.000"),)),
    "a day that comes first": Case("model/dates.py", "date.form", "write 2022-05-31", ((PRO, "since: 2022", "since: 31.05.2022"),)),
    "a month that comes last": Case("model/dates.py", "date.impossible", "write 2022-05-31", ((PRO, "since: 2022", "since: 2022-31-05"),)),
    "a month for a day": Case("model/dates.py", "date.form", "write 2025-02-28, or the day that it is", ((DOC, "date: 2025-03-01", "date: 2025-02"),)),
    "words for a date": Case("model/loading/validation.py", "date.form", "write 2003, 2003-05 or 2003-05-31", ((PRO, "since: 2022", "since: long ago"),), edits=(((PRO, "long ago", "2003-05"),),)),
    "a country that there is not": Case("model/codes.py", "data.country", "write GB", ((ORG, "country: KE", "country: UK"),)),
    "a language by its name": Case("model/codes.py", "data.language", "write en", ((ORG, "[en]", "[English]"),)),
    "a number of a row": Case("model/codes.py", "data.code", "write Oc 1", ((ACT, "code: Oc 1", "code: oc1"),)),
    "a currency in small letters": Case("model/money.py", "data.currency", "write EUR", ((YEAR, "currency: EUR", "currency: eur"),)),
    "a currency by its sign": Case("model/money.py", "data.currency", "write EUR", ((PRO, "currency: EUR", "currency: €"),)),
    "more decimals than the currency has": Case("model/checks/amounts.py", "money.decimals", "write 80", ((PRO, "currency: EUR", "currency: JPY"), (PRO, "received: 80", "received: 80.4"))),
    "not a currency": Case("model/checks/amounts.py", "money.currency", "add  currency: EUR  or another", ((YEAR, "currency: EUR\n", ""),)),
    # texts
    "a language of a text": Case("model/text.py", "text.language", "write en", ((ORG, "mission: Peace.", "mission: {EN: Peace.}"),)),
    "an original in no language of its own": Case("model/text.py", "text.original", "write en", ((ORG, "name: Amani", "name: {original: bg, en: Amani}"),)),
    "a language that there is not": Case("model/checks/texts.py", "text.language", "write bg", ((ORG, "mission: Peace.", "mission: {en: Peace., bgx: Мир}"),)),
    "an unknown language without a text": Case("model/loading/validation.py", "data.unknown", "write en", ((ORG, "legal_form: club\n", "legal_form: {english: , en: club}\n"),)),
    "the language before the length": Case("model/text.py", "text.order", "write the length first, then the language:  short: {en: …, bg: …}", ((ORG, "mission: Peace.", "mission: {en: {short: Peace.}}"),), {"…": "Peace"}, (((ORG, "mission: {en: {short: Peace.}}", "mission: {{}}"),),)),
    "a plain text that is missing": Case("source/sourcefile.py", "text.missing", "write  acronym: {en: AM, bg: …}", (TWO, (ORG, "name: Amani", "name: {original: en, en: Amani}"))),
    "a plain text that needs quotes": Case("source/sourcefile.py", "text.missing", 'write  acronym: {en: "A, M: #1", bg: …}', (TWO, (ORG, "acronym: AM", 'acronym: "A, M: #1"'))),
    "a long text that is missing": Case("source/sourcefile.py", "text.missing", "put the text into a line of its own  en: …  below  mission:  , and  bg: …  into the next", (TWO, (ORG, "mission: Peace.", "mission: |-\n  Peace.\n\n  And joy.")), edits=(((ORG, "mission: |-\n  Peace.\n\n  And joy.", "mission:\n  en: |-\n    Peace.\n\n    And joy.\n  bg: …"),), None, None)),
    "a text of several that is missing": Case("source/sourcefile.py", "text.missing", "add  bg: …", (TWO, (ORG, "mission: Peace.", "mission: {en: Peace.}"))),
    "texts in a language that nobody asks for": Case("model/checks/facts.py", "text.missing", "if they are in 'bg' write  languages: [bg, en]  ; if not, write each as  {en: …, bg: …}", (BG, (DOC, "title: Report", "title: {bg: Доклад}")), edits=(((ORG, "languages: [en]", "{}"),), None)),
    "a figure without a date": Case("model/checks/facts.py", "undated.figure", "add  as_of: 2025  when you know it", ((NET, ", as_of: 2024", ""),)),
    "a tie without a beginning": Case("model/checks/facts.py", "undated.since", "add  since: 2010  when you know it", ((AFF, ", since: 2010", ""),)),
    "two ties": Case("model/checks/facts.py", "affiliation.twice", "say in one record what the tie is; or, where one ended before this one began, add  until: …  to it", ((AFF, "role: A member.}\n", "role: A member.}\n  - {id: two, network: union, kind: partner, since: 2020}\n"),), {"…": "2015"}, (((AFF, "kind: member,", "kind: member, {},"),),)),
    "an objective of nobody": Case("model/checks/facts.py", "objective.alone", "add  affiliations: [id]", (("objectives.yaml", ", affiliations: [union]", ""),), {"id": "union"}),
    "a mark without a language": Case("model/checks/marks.py", "text.mark", "write [words]{lang=de}: a code in small letters, and no mark inside another", ((ORG, "mission: Peace.", "mission: '[Friede]{lang=DE}'"),), edits=(((ORG, "[Friede]{lang=DE}", "[Friede]{lang=de}"),),)),
    "a mark of no language": Case("model/checks/marks.py", "text.mark", "write {lang=bg}", ((ORG, "mission: Peace.", "mission: '[Мир]{lang=bgx}'"),), edits=(((ORG, "{lang=bgx}", "{lang=bg}"),),)),
    "a table in a text": Case("model/checks/marks.py", "text.markup", "write each row as a line that begins with  -", ((ORG, "mission: Peace.", "mission: |-\n  One:\n\n  | a | b |\n  | c | d |"),), edits=(((ORG, "  | a | b |\n  | c | d |", "  {} a, b\n  {} c, d"),),)),
    "a picture in a text": Case("model/checks/marks.py", "text.markup", "remove it; pictures are named in  pictures:  of year.yaml", ((ORG, "mission: Peace.", "mission: Peace ![x](x.png)"),), edits=(((ORG, " ![x](x.png)", ""),),)),
    "a list that is none": Case("model/checks/marks.py", "text.list", "begin each with  -  , or with  1.  and  2.  and so on", ((ORG, "mission: Peace.", "mission: |-\n  1.1. a\n  1.2. b"),), edits=(((ORG, "  1.1. a\n  1.2. b", "  {} a\n  {} b"),), ((ORG, "  1.1. a\n  1.2. b", "  1. a\n  2. b"),), None)),
    "a list whose lines are joined": Case("model/checks/marks.py", "text.list", "write  |-  after the colon, and the text in lines below it, indented", ((ORG, "mission: Peace.", "mission: >-\n  - a\n  - b"),), edits=(((ORG, "mission: >-", "mission: {}"),),)),
    "a list whose numbers are counted": Case("model/checks/marks.py", "text.number", "write 2, or begin the items with  -", ((ORG, "mission: Peace.", "mission: |-\n  1. a\n  1. b"),), edits=(((ORG, "  1. a\n  1. b", "  {} a\n  {} b"),),)),
    "columns in a text": Case("model/checks/marks.py", "text.table", "begin each with  -  , and write a comma or a dash between its parts", ((ORG, "mission: Peace.", "mission: |-\n  one    2\n  two    3"),), edits=(((ORG, "  one    2\n  two    3", "  {} one, 2\n  {} two, 3"),),)),
    "columns whose lines are joined": Case("model/checks/marks.py", "text.table", "write  |-  after the colon, and begin each with  -  , and write a comma or a dash between its parts", ((ORG, "mission: Peace.", "mission: >-\n  one    2\n  two    3"),), edits=(((ORG, "mission: >-\n  one    2\n  two    3", "mission: {}\n  - one, 2\n  - two, 3"),), None)),
    "lines of an address": Case("model/checks/marks.py", "text.lines", "end each of them but the last with  \\  , or write commas between them", ((ORG, "mission: Peace.", "mission: |-\n  12 Pier\n  Mombasa"),), edits=(((ORG, "12 Pier\n", "12 Pier {}\n"),),)),
    "lines of an address that are joined": Case("model/checks/marks.py", "text.lines", "write commas between them", ((ORG, "mission: Peace.", "mission: >-\n  12 Pier\n  Mombasa"),), edits=(((ORG, "12 Pier\n", "12 Pier,\n"),),)),
    "a name that is not to be printed": Case("model/checks/named.py", "person.named", "remove the name, or ask for consent and write  publish: true", (("people.yaml", "represents: true", "publish: false"), (ORG, "mission: Peace.", "mission: Jane Doe leads.")), edits=((("people.yaml", "publish: false", "{}"),),)),
    "an amount that is nearly another": Case("model/checks/narrative.py", "money.narrative", "correct one of them; or, if it is of something else, write  other_amounts: [12430]  in year.yaml", ((FIN, "amount: 100}", "amount: 12340}"), (YEAR, "summary: A year.", "summary: We had 12,430 euros.")), edits=(((YEAR, "currency: EUR\n", "currency: EUR\n{}\n"),),)),
    # money
    "a result that is not the difference": Case("model/checks/money.py", "money.result", "write 40, or correct income or expenditure", ((FIN, "income:\n", "totals: {income: 100, expenditure: 60, result: 50}\nincome:\n"),)),
    "leva in the year of the euro": Case("model/checks/money.py", "money.currency", "write BGN", ((ORG, "country: KE", "country: BG"),)),
    "funds that do not close": Case("model/checks/money.py", "money.funds", "correct opening or closing; or add  restricted: true  to the lines that belong here", ((FIN, "income:\n", "restricted: {opening: 0, closing: 100}\nincome:\n"),), edits=(((FIN, "amount: 100}", "amount: 100, {}, programme: books}"),),)),
    "more bound money out than in": Case("model/checks/money.py", "money.programme", "correct the amount, or leave  restricted: true  out of what was paid from free money", ((FIN, "income:\n", "restricted: {opening: 10, closing: -50}\nincome:\n"), (FIN, "programme: books}", "programme: books, restricted: true}")), edits=(((FIN, ", restricted: true", ""), (FIN, "closing: -50", "closing: 10")),)),
    "bound money out, none in": Case("model/checks/money.py", "money.programme", "add  restricted: {opening: …, closing: …}  to the file", ((FIN, "programme: books}", "programme: books, restricted: true}"),), {"opening: …": "opening: 60", "closing: …": "closing: 0"}, (((FIN, "income:\n", "{}\nincome:\n"),),)),
    "bound income for nothing": Case("model/checks/money.py", "money.purpose", "add  programme: id", ((FIN, "amount: 100}", "amount: 100, restricted: true}"),), {"id": "books"}),
    "a gift of what": Case("model/checks/money.py", "donation.what", "add  description: …", ((DON, "kind: money", "kind: goods"), (DON, "    income: gifts\n", ""))),
    "goods as income": Case("model/checks/money.py", "donation.income", "leave  income:  out", ((DON, "kind: money", "kind: goods\n    description: Books"),)),
    "a gift of no line": Case("model/checks/money.py", "donation.income", "add  income: id  of a line of finance.yaml", ((DON, "    income: gifts\n", ""),), {"id": "gifts"}),
    # people, results, projects, roles
    "a story without consent": Case("model/checks/people.py", "story.consent", "ask, and add  consent: {date: …, by: person}  ; or remove the story", (("2024/stories.yaml", "    consent: {date: 2024-02-02, by: person}\n", ""),), {"…": "2024-02-02"}),
    "a child by its name": Case("model/checks/people.py", "story.child", "use another name, and add  pseudonym: true", (("2024/stories.yaml", "by: person", "by: parent"),)),
    "a number from nowhere": Case("model/checks/results.py", "result.source", "add  source: id  of the list, count or survey that says so", (("2024/results.yaml", "target: 40", "target: 40, actual: 30"), (ORG, "name: Amani", "sources: [{id: lists, title: Lists, language: en}]\nname: Amani")), {"id": "lists"}),
    "a share above all": Case("model/checks/results.py", "result.percent", "write 86 for 86 per cent; or leave  unit: percent  out of the indicator", (("2024/results.yaml", "target: 40", "target: 400"),), edits=((("programmes.yaml", ", unit: percent", ""),),)),
    "a share above all in a framework": Case("model/checks/actions.py", "indicator.percent", "write 86 for 86 per cent; or leave  unit: percent  out", ((ACT, "{name: Days, baseline: {value: 1,", "{name: Days, unit: percent, baseline: {value: 101,"),), edits=(((ACT, "unit: percent, ", ""),),)),
    "leva of the time of the euro": Case("model/checks/projects.py", "project.currency", "write EUR and the amounts in euro, or correct the date", ((PRO, "since: 2022\n    until: 2023", "since: 2026"), (PRO, "currency: EUR", "currency: BGN")), edits=(((PRO, "currency: BGN", "currency: EUR"),),)),
    "a project of nobody": Case("model/checks/projects.py", "fact.unknown", "add  funder: id  or  funder_name: …  when you know it", ((PRO, "    funder_name: A baker\n", ""),), {"id": "ministry"}),
    "a tie without a mandate": Case("model/checks/roles.py", "role.mandate", "add  mandate: {signed: 2026-03-01}  , or remove grant_role", ((AFF, "role: A member.", "role: A member., grant_role: co-applicant"),)),
    "an entity without a link": Case("model/checks/roles.py", "role.structural_link", "add  structural_link: {kind: legal, basis: …}  , or remove it from the action", ((ACT, "role: co-applicant, mandate: {signed: 2024-01}", "role: affiliated-entity"),)),
    "a partner without a role": Case("model/checks/roles.py", "role.none", "add  role: co-applicant  and a mandate, or  role: affiliated-entity  and a structural_link", ((ACT, "role: co-applicant, ", ""),), edits=(((ACT, "{name: The Baker,", "{name: The Baker, {},"),), ((ACT, "{name: The Baker,", "{name: The Baker, {}, structural_link: {kind: legal, basis: law},"),))),
    "a partner without a name": Case("model/checks/roles.py", "co-applicant.name", "add  affiliation: id  or  name: …", ((ACT, "name: The Baker, ", ""),), {"id": "union"}),
    # actions
    "a result without an indicator": Case("model/checks/actions.py", "logframe.indicator", "add  indicators: [{name: …}]  with a baseline and a target", ((ACT, ", indicators: [{name: Days}]", ""),)),
    "a line above another": Case("model/checks/actions.py", "budget.group", "name it in  groups:  instead, or give it a number of its own", ((ACT, "      lines:\n", "      lines:\n        - {code: 1.1, text: Pay, unit: month, units: 1, unit_value: 5}\n"),), edits=(((ACT, "      lines:\n        - {code: 1.1, text: Pay, unit: month, units: 1, unit_value: 5}\n", "      groups: [{code: 1.1, text: Pay}]\n      lines:\n"),),)),
    "too much for the office": Case("model/checks/actions.py", "budget.indirect", "write 7 or less", ((ACT, "indirect_rate: 7", "indirect_rate: 8"),), edits=(((ACT, "indirect_rate: 8", "indirect_rate: 7"),),)),
    "too large a reserve": Case("model/checks/actions.py", "budget.contingency", "write 5.00 or less", ((ACT, "      lines:\n", "      contingency: {all: 6}\n      lines:\n"),)),
    "another donor": Case("model/checks/actions.py", "budget.source", "add  by: id  or  name: …", ((ACT, "      lines:\n", "      funding: [{kind: other, amount: 107}]\n      lines:\n"),), {"id": "ministry"}),
    "a person whom nobody knows": Case("model/checks/unknown.py", "fact.unknown", "add  name: …  when you know it", (("people.yaml", "{id: jane, name: Jane Doe, body: board, role: Chair, represents: true}", "{id: jane, body: board}"),), {"…": "Jane Doe"}),
    "what nobody knows": Case("model/checks/unknown.py", "fact.unknown", "add  scope: …  when you know it", ((NET, "    scope: national\n", ""),), {"…": "national"}),
    # documents
    "a document of no year": Case("requests/document_requests.py", "document.empty", "add  year: …  ; available: 2024", ((DOC, "kind: annual-report", "kind: highlights"), (DOC, ", year: 2024", "")), {"…": "2024"}),
    "all sections left out": Case("requests/document_requests.py", "document.section", "remove one of them from  without:", ((DOC, "kind: annual-report", "kind: affiliations-annex, without: [title, notes, ties, joint, aims, evidence]"),), edits=(((DOC, "[title, notes,", "[notes,"),),)),
    "a language that runs the other way": Case("requests/languages.py", "document.direction", "remove he from its  languages:  ; reports and annexes are made in Hebrew", ((DOC, "kind: annual-report", "kind: brochure-trifold"), (DOC, "languages: [en]", "languages: [en, he]")), edits=(((DOC, "[en, he]", "[en]"),),)),
    "a language that nobody can write": Case("requests/languages.py", "document.language", "remove it from  languages:", ((DOC, "languages: [en]", "languages: [en, grc]"),), edits=(((DOC, "[en, grc]", "[en]"),),)),
    "a document of an action": Case("requests/document_requests.py", "document.action", "add  action: valleys", ((DOC, "kind: annual-report", "kind: budget"),)),
    "a document of no action": Case("requests/document_requests.py", "document.action", "write the action in actions.yaml, and add  action: id", ((DOC, "kind: annual-report", "kind: co-applicants"), (ACT, FACTS["actions.yaml"], "actions: []\n")), {"id": "valleys"}, (((ACT, "actions: []\n", FACTS["actions.yaml"]), (DOC, "kind: co-applicants,", "kind: co-applicants, {},")),)),
    "an action without a budget": Case("requests/document_requests.py", "document.empty", "add its  budget:  in actions.yaml", ((DOC, "kind: annual-report", "kind: budget, action: valleys"), (ACT, FACTS["actions.yaml"][FACTS["actions.yaml"].index("    budget:") :], "")), edits=(((ACT, "    logframe:\n", "    budget: {lines: [{code: 1.1.1, text: Pay, unit: month, units: 2, unit_value: 50}]}\n    logframe:\n"),),)),
    "another panel first": Case("requests/print_shops.py", "document.press", "put it first, or leave  sections:  out", ((DOC, "kind: annual-report", "kind: brochure-trifold, sections: [back, front]"),)),
    "a mandate that ended": Case("requests/roles.py", "role.ended", "remove it from the action, or correct the affiliation's  until:", ((DOC, "kind: annual-report", "kind: co-applicants, action: valleys"), (AFF, "since: 2010", "since: 2010, until: 2020"), (ACT, "{name: The Baker,", "{affiliation: union,")), edits=(((AFF, ", until: 2020", ""),),)),
}  # fmt: skip


@pytest.mark.quick(
    "a comma in a number",
    "a number with a unit",
    "a day that comes first",
    "words for a date",
    "a currency by its sign",
    "too many decimals for Chile",
    "a plain text that needs quotes",
    "a text of several that is missing",
    "a plain text that is missing",
    "a text for a list",
    "a list that is none",
    "columns in a text",
    "a table in a text",
    "quotes of print",
    "no colon",
    "a language of a text",
    "a language that runs the other way",
    "two ties",
    "an action without a budget",
    "a partner without a role",
    "a project of nobody",
    "a third in yen",
    "bound income for nothing",
    "leva of the time of the euro",
    "another donor",
    "a child by its name",
    "a story without consent",
    "twelve groups or thousands",
    "a country by its name",
    "a person whom nobody knows",
)
@pytest.mark.parametrize("name", CASES)
def test_what_a_hint_says_helps(name: str, tmp_path: Path) -> None:
    prove(CASES[name], {**FACTS, ORG: FACTS[ORG] + "legal_form: club\n"}, tmp_path, checked)
