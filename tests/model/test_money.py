"""Amounts as organisations of other countries type them: any currency, its decimals, and points that divide thousands."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from report import pipeline
from report.language.writer import Writer
from report.model import money
from report.values import Money, Problem, Severity
from report.workspace import Workspace

YEAR = """\
income:
  - id: gifts
    label: Gifts
    kind: donations
    amount: AMOUNT
"""


def checked(folder: Path, currency: str = "currency: KES", amount: str = "100", more: dict[str, str] | None = None) -> list[Problem]:  # fmt: skip
    """Check an organisation of one year with one line of income."""
    own = folder / "data" / "amani"
    (own / "2025").mkdir(parents=True)
    (own / "organisation.yaml").write_text("name: Amani\ncountry: KE\nlanguages: [en]\nmission: Peace.\n", "utf-8")
    (own / "2025" / "year.yaml").write_text(f"summary: Our first year.\n{currency}\n", "utf-8")
    (own / "2025" / "finance.yaml").write_text(YEAR.replace("AMOUNT", amount), "utf-8")
    for name, text in (more or {}).items():
        (own / name).write_text(text, "utf-8")
    found = pipeline.check(Workspace.at(folder), "amani", templates=False)
    return [p for p in found.problems if p.code != "document.none"]


@pytest.mark.parametrize(
    ("currency", "amount"),
    [("KES", "85000.50"), ("MKD", "85000"), ("JPY", "85000"), ("KWD", "85000.125"), ("KWD", "85.125"), ("RSD", "1200.50"), ("XOF", "12"), ("CLF", "1.1234")],
)  # fmt: skip
def test_any_currency_with_its_decimals(tmp_path: Path, currency: str, amount: str) -> None:
    assert checked(tmp_path, f"currency: {currency}", amount) == []


@pytest.mark.parametrize(
    ("currency", "amount", "code", "hint"),
    [
        ("KES", "85.000", "number.thousands", "write 85000, or 85"),
        ("KES", "12.400", "number.thousands", "write 12400, or 12.40"),
        ("EUR", "-1.200", "number.thousands", "write -1200, or -1.20"),
        ("EUR", "1.234", "number.thousands", "write 1234, or 1.23; EUR has 2 decimal places"),
        ("EUR", "33.333", "number.thousands", "write 33333, or 33.33; EUR has 2 decimal places"),
        ("EUR", "-33.333", "number.thousands", "write -33333, or -33.33; EUR has 2 decimal places"),
        ("CLF", "33.333", "number.thousands", "write 33333, or 33.3330"),
        ("JPY", "33.333", "number.thousands", "write 33333, or 33; JPY has no decimal places"),
        ("EUR", '"12,400"', "number.thousands", "write 12400, or 12.40"),
        ("EUR", "-12,400", "number.thousands", "write -12400, or -12.40"),
        ("EUR", "1'234.567", "number.thousands", "write 1234567, or 1234.57; EUR has 2 decimal places"),
        ("KWD", "1’234.567", "number.thousands", "write 1234567, or 1234.567"),
        ("EUR", "1 234,567", "number.thousands", "write 1234567, or 1234.57; EUR has 2 decimal places"),
        ("EUR", "12.400,5", "data.decimal_parsing", "write 12400.5"),
        ("EUR", "1,234,567", "data.decimal_parsing", "write 1234567"),
        ("INR", "12,34,567", "data.decimal_parsing", "write 1234567"),
        ("EUR", "12,5", "data.decimal_parsing", "write 12.5"),
        ("EUR", "1234,567", "data.decimal_parsing", "write 1234.57; EUR has 2 decimal places"),
        ("EUR", "1.23456", "data.decimal_max_places", "write 1.23"),
        ("EUR", '"99,999"', "number.thousands", "write 99999, or 100; EUR has 2 decimal places"),
        ("EUR", '"0,125"', "data.decimal_parsing", "write 0.13; EUR has 2 decimal places"),
        ("EUR", '"1.2345 €"', "data.decimal_parsing", "write 1.23; EUR has 2 decimal places"),
        ("RSD", "12,3456", "data.decimal_parsing", "write 12.35; RSD has 2 decimal places"),
        ("KWD", '"1,2345"', "data.decimal_parsing", "write 1.235; KWD has 3 decimal places"),
        ("JPY", '"1,5"', "data.decimal_parsing", "write 2; JPY has no decimal places"),
        ("JPY", '"1.234,56"', "data.decimal_parsing", "write 1235; JPY has no decimal places"),
        ("XOF", "99,999", "number.thousands", "write 99999, or 100; XOF has no decimal places"),
        ("EUR", '"٣,٥"', "data.decimal_parsing", "write 3.5"),
        ("EUR", "٣٫٥", "data.decimal_parsing", "write 3.5"),
        ("KES", "१२,४५०", "number.thousands", "write 12450, or 12.45"),
        ("EUR", "٨٥٬٠٠٠٫٥", "data.decimal_parsing", "write 85000.5"),
        ("EUR", "1250.005", "money.decimals", "write 1250.01"),
        ("JPY", "85.5", "money.decimals", "write 86"),
        ("KWD", "85.1255", "money.decimals", "write 85.126"),
        ("eur", "1", "data.currency", "write EUR"),
        ("€", "1", "data.currency", "write EUR"),
        ("Kenyan shilling", "1", "data.currency", "write KES"),
        ("XXX", "1", "data.currency", "write the three capital letters of ISO 4217, such as EUR"),
        ("QQQ", "1", "data.currency", "write the three capital letters of ISO 4217, such as EUR"),
    ],
)
def test_what_may_be_meant_otherwise_is_asked_about(tmp_path: Path, currency: str, amount: str, code: str, hint: str) -> None:  # fmt: skip
    (problem,) = [p for p in checked(tmp_path, f"currency: {currency}", amount) if p.code == code]
    assert (problem.code, problem.hint) == (code, hint)
    assert problem.location and problem.location.line
    if code != "data.currency":
        for number, written in enumerate(hint.removeprefix("write ").partition(";")[0].split(", or ")):
            found = checked(tmp_path / str(number), f"currency: {currency}", written)
            assert not [p for p in found if p.code.startswith(("number.", "data.", "money.decimals"))]


@pytest.mark.parametrize("amount", ["12400", "12.40", "12.4"])
def test_what_the_hint_says_is_taken(tmp_path: Path, amount: str) -> None:
    assert checked(tmp_path, amount=amount) == []


def test_a_currency_is_needed_only_where_an_amount_is(tmp_path: Path) -> None:
    (problem,) = checked(tmp_path, currency="")
    assert problem.code == "money.currency" and problem.location and problem.location.path.name == "year.yaml"
    (tmp_path / "data" / "amani" / "2025" / "finance.yaml").unlink()
    assert pipeline.check(Workspace.at(tmp_path), "amani", templates=False).errors == ()


@pytest.mark.parametrize(
    ("said", "hint"),
    [("actual: 1.200", "write 1200, or 1.20"), ("target: 85.000", "write 85000, or 85"), ("target: 33.333", "write 33333, or 33.3330"), ('target: "12,400"', "write 12400, or 12.40"), ("target: 12,5", "write 12.5")],
)  # fmt: skip
def test_a_measure_is_asked_about_too(tmp_path: Path, said: str, hint: str) -> None:
    def told(folder: Path, said: str) -> list[str | None]:
        more = {
            "programmes.yaml": "indicators:\n  - {id: meals, name: Meals}\n",
            "2025/results.yaml": f"results:\n  - indicator: meals\n    {said}\n",
        }
        return [p.hint for p in checked(folder, more=more) if p.severity is Severity.ERROR]

    assert told(tmp_path / "typed", said) == [hint]
    for number, written in enumerate(hint.removeprefix("write ").split(", or ")):
        assert told(tmp_path / str(number), f"target: {written}") == []


@pytest.mark.parametrize(
    ("said", "hint"),
    [("12.000", "write 12000, or 12"), ('"12,000"', "write 12000, or 12"), ('"12,400"', "write 12400"), ("1 234,567", "write 1234567"), ("12", None), ('"12,5"', "write 13; it has no decimal places"), ("٣,٥", "write 4; it has no decimal places"),
     ('"1,000,000,000,000,000,000,000,000,000,000"', "write digits alone; it must be at most 1000000000"), ("1 500 000 000", "write digits alone; it must be at most 1000000000"), ("9" + ",000" * 2000, "write digits alone; the number is too long"), ("²", "write digits alone")],
)  # fmt: skip
def test_people_that_were_counted_are_whole_numbers(tmp_path: Path, said: str, hint: str | None) -> None:
    activities = f"activities:\n  - id: meals\n    programme: kitchen\n    title: Meals\n    begins: 2025\n    participants: {said}\n"
    more = {"programmes.yaml": "programmes:\n  - {id: kitchen, name: Kitchen, summary: We cook.}\n", "2025/activities.yaml": activities}  # fmt: skip
    assert [p.hint for p in checked(tmp_path, more=more)] == ([hint] if hint else [])


@pytest.mark.parametrize(
    ("said", "hint"),
    [('"7,000"', "write 7"), ('"5,125"', "write 5.13; it has 2 decimal places"), ("12,5 %", "write 12.5")],
)
def test_a_share_is_no_thousand(tmp_path: Path, said: str, hint: str) -> None:
    budget = f"budget:\n      indirect_rate: {said}\n      lines: [{{code: 1.1.1, text: Pay, unit: month, units: 1, unit_value: 5}}]\n"
    more = {"actions.yaml": f"actions:\n  - id: a\n    title: A\n    currency: EUR\n    {budget}"}
    assert [p.hint for p in checked(tmp_path, more=more) if p.location and "indirect_rate" in (p.location.key or "")] == [hint]  # fmt: skip


@pytest.mark.parametrize(
    ("currency", "cost", "hint"),
    [
        ("JPY", '"0,125"', "write digits alone; JPY has no decimal places; it must be more than 0"),
        ("XOF", '"0,4 "', "write digits alone; XOF has no decimal places; it must be more than 0"),
        ("JPY", '"0,5"', "write 1; JPY has no decimal places"),
        ("EUR", '"0,004"', "write digits, with a point before decimal places; it must be more than 0"),
        ("EUR", '"-12,5"', "write digits, with a point before decimal places; it must be more than 0"),
        ("EUR", f'"1{",000" * 10}"', "write digits, with a point before decimal places; the number is too long"),
        ("EUR", "9" * 40 + ",5", "write digits, with a point before decimal places; the number is too long"),
        ("EUR", "1" + "'000" * 12 + ".123", "write digits, with a point before decimal places; the number is too long"),
    ],
)  # fmt: skip
def test_only_what_a_field_takes_is_offered(tmp_path: Path, currency: str, cost: str, hint: str) -> None:
    def told(folder: Path, cost: str) -> list[str | None]:
        more = {"projects.yaml": f"projects:\n  - id: p\n    title: P\n    currency: {currency}\n    cost: {cost}\n"}
        return [p.hint for p in checked(folder, more=more) if p.location and (p.location.key or "").endswith("cost")]

    assert told(tmp_path / "typed", cost) == [hint]
    if not hint.startswith("write digits"):
        assert told(tmp_path / "again", hint.removeprefix("write ").partition(";")[0]) == []


@pytest.mark.parametrize(
    ("cost", "hint"),
    [
        ("1234567890123456789012345678,123", "shorten the number: it is too long"),
        ("1,000,000,000,000,000,000,000,000,000,000", "shorten the number: it is too long"),
        ("12,345", "write  cost: 12345  , or  cost: 12.35  ; rounded to 2 decimal places"),
        ("12,34", "write  cost: 12.34"),
        ("٣,٥", "write  cost: 3.5"),
    ],
)
def test_commas_inside_braces_cut_numbers_of_any_length(tmp_path: Path, cost: str, hint: str) -> None:
    more = {"projects.yaml": f"projects:\n  - {{id: p, title: P, currency: EUR, cost: {cost}}}\n"}
    assert hint in [p.hint for p in checked(tmp_path, more=more) if p.code == "yaml.comma"]


def test_a_rate_is_asked_about(tmp_path: Path) -> None:
    more = {"projects.yaml": "projects:\n  - {id: p, title: P, currency: IDR, rate: {one_euro: 17.250, date: 2025-01-01, source: bank}}\n"}  # fmt: skip
    hints = [p.hint for p in checked(tmp_path, more=more) if p.code == "number.thousands"]
    assert hints == ["write 17250, or 17.25"]


@pytest.mark.parametrize(
    ("amount", "currency", "told"),
    [("1234.5", "EUR", "€1,234.50"), ("1234", "JPY", "JP¥1,234"), ("1234.5", "KWD", "KWD\xa01,234.500"), ("1200", "RSD", "RSD\xa01,200"), ("1200.5", "RSD", "RSD\xa01,200.5")],
)  # fmt: skip
def test_amounts_are_printed_with_the_decimals_of_their_currency(amount: str, currency: str, told: str) -> None:
    writer = Writer("en")
    assert writer.money(Decimal(amount), currency) == told
    assert told.endswith(writer.amount(Decimal(amount), currency))
    assert writer.exact(Decimal(amount), currency) == told.split("\xa0")[-1].lstrip("€JP¥").replace(",", "")


def test_money_is_converted_only_at_a_rate_that_is_given() -> None:
    rate = money.Rate.model_validate({"one_euro": "151.25", "date": "2025-06-30", "source": "bank"})
    assert money.in_euro(Money(Decimal(1_000_000), "KES"), rate) == Money(Decimal("6611.57"), "EUR")
    assert money.in_euro(Money(Decimal(1_000_000), "KES"), None) is None
    assert money.in_euro(Money(Decimal("195.583"), "BGN"), None) == Money(Decimal("100.00"), "EUR")
    assert money.in_euro(Money(Decimal(5), "EUR"), rate) == Money(Decimal(5), "EUR")


@pytest.mark.parametrize("year", ["1739", "1066-10-14", "1000"])
def test_years_from_a_thousand(tmp_path: Path, year: str) -> None:
    more = {"programmes.yaml": f"programmes:\n  - {{id: wells, name: Wells, since: {year}, summary: We dig.}}\n"}
    assert checked(tmp_path, more=more) == []
