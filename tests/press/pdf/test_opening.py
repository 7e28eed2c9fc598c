"""Anybody's PDF is opened, or it is said why not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from report.press.pdf.opening import open_strictly, open_tolerantly
from report.values import ReportError
from tests.press.pages import long, made


def failed(tmp_path: Path, content: bytes, most: int | None = 2_000) -> str:
    path = tmp_path / "pages.pdf"
    path.write_bytes(content)
    with pytest.raises(ReportError) as raised, open_strictly(path, most):
        pass
    (problem,) = raised.value.problems
    assert problem.location and problem.location.path == path and str(path) not in problem.message
    return f"{problem.code}: {problem.message}"


def test_a_good_file_is_open_inside_and_closed_after(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(made(3))
    with open_strictly(path) as file:
        assert (file.pages, len(file.pdf.pages), file.warnings()) == (3, 3, ())
    assert failed(tmp_path, made(3), 2) == "pdf.pages: has 3 pages; at most 2 are accepted"


def test_damaged_files_get_a_clear_answer(tmp_path: Path) -> None:
    whole = made(8)
    for content, words in [
        (b"", "pdf.unreadable: is not a PDF"),
        (b"%PDF-1.7 nothing", "its end is missing"),
        (b"GIF89a" * 900, "is not a PDF"),
        (whole[: len(whole) * 2 // 3], "its end is missing"),
        (whole[: len(whole) // 2] + whole[-40:], "pdf.damaged: is damaged: "),
        (whole[: whole.rindex(b"startxref")] + b"startxref\n7\n%%EOF", "pdf.damaged: is damaged: "),
        (made(0), "pdf.empty: has no pages"),
    ]:
        assert words in failed(tmp_path, content), words


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    locked = made(2, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert failed(tmp_path, locked) == "pdf.encrypted: is encrypted: a password is needed to read it"


def test_what_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "absent.pdf", "there is no such file"), (tmp_path, "cannot be read: ")):
        with pytest.raises(ReportError, match=told), open_strictly(path):
            pass


@pytest.mark.parametrize("content", [b"", b"hello\n", bytes(range(256)) * 9], ids=["empty", "text", "bytes"])
@pytest.mark.parametrize("reader", [open_strictly, open_tolerantly])
def test_what_is_no_pdf_is_told_alike_wherever_it_is_read(tmp_path: Path, reader, content: bytes) -> None:
    (tmp_path / "no.pdf").write_bytes(content)
    with pytest.raises(ReportError) as caught, reader(tmp_path / "no.pdf"):
        pass
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("pdf.unreadable", "is not a PDF") and problem.hint


@pytest.mark.slow
def test_ten_thousand_pages_are_refused_in_little_memory(tmp_path: Path) -> None:
    assert failed(tmp_path, long(10_000)) == "pdf.pages: has 10,000 pages; at most 2,000 are accepted"
    lying = long(10_000).replace(b"/Count 10000", b"/Count 10   ")
    assert failed(tmp_path, lying) == "pdf.pages: has more than 2,000 pages; at most 2,000 are accepted"
    code = (
        "import resource, sys; from pathlib import Path; from report.press.pdf.opening import open_strictly\n"
        "with open_strictly(Path(sys.argv[1])) as file:\n"
        "    print(file.pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    sizes = []
    for pages in (10, 10_000):
        (tmp_path / "pages.pdf").write_bytes(long(pages))
        done_ = subprocess.run([sys.executable, "-c", code, tmp_path / "pages.pdf"], capture_output=True, text=True, check=True)  # fmt: skip
        counted, kilobytes = map(int, done_.stdout.split())
        assert counted == pages
        sizes.append(kilobytes)
    assert sizes[1] - sizes[0] < 60_000, sizes


def test_a_loop_in_the_page_tree_ends(tmp_path: Path) -> None:
    content = long(200).replace(b"/Count 200", b"/Count 101").replace(b"<</Type/Pages/Parent 2 0 R/Count 100/Kids[", b"<</Type/Pages/Parent 2 0 R/Count 100/Kids[2 0 R ", 1)  # fmt: skip
    assert "pdf.damaged" in failed(tmp_path, content)
