"""The table of what speed-ups gain."""

from __future__ import annotations

from benchmarks import speed_ups
from report.formats.pdf import weasyprint


def test_a_gain_is_the_median_of_pairs() -> None:
    seconds = {side: [1.0, 2.0, 4.0] for side in speed_ups.SIDES} | {"struts": [1.1, 2.1, 4.8]}
    head, _, nothing, *rows = speed_ups.lines(seconds, seconds)
    assert len(head) == len(nothing) == 5 and nothing[2] == ""
    assert [row[0] for row in rows] == [*(patch.name for patch in weasyprint.SPEED_UPS), "all of them"]
    (struts,) = [row for row in rows if row[0] == "struts"]
    assert struts == ("struts", "2.100", "+10.0%", "2.100", "+10.0%")


def test_every_side_sets_the_variable(tmp_path) -> None:
    values = {bench.environment[weasyprint.VARIABLE] for bench in speed_ups.benches(tmp_path).values()}
    assert values == {"", "1", *(patch.name for patch in weasyprint.SPEED_UPS)}
