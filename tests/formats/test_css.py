"""The style sheet of a page has nothing that is for screens alone."""

from __future__ import annotations

from report.formats import css


def test_what_is_for_screens_alone_is_not_on_paper() -> None:
    style = (
        "p { color: red }\n@media screen and (max-width: 52em) {\n  p { color: blue }\n}\n@media print { p { margin: 0 } }\n"
        "@media screen { a { top: 0 } }\nq { color: red }"
    )
    paged = css.paged(style)
    assert "screen" not in paged and "blue" not in paged
    assert "@media print { p { margin: 0 } }" in paged and "q { color: red }" in paged
    assert paged.count("\n") == style.count("\n")  # what is said of a line is said of the same line
