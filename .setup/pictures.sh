#!/bin/sh
# Make the README's pictures anew from the report as built: pages of the PDF, and of the Word file through LibreOffice.
cd "$(dirname "$0")/.."
. .setup/common.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/report build spoc annual-report -q -o "$work"
folder=$work/spoc/annual-report
for language in en bg; do
    soffice -env:UserInstallation=file://"$work"/profile --headless --convert-to pdf:writer_pdf_Export \
        --outdir "$work/word" "$folder/annual-report-$language.docx" >/dev/null 2>&1
done
# page FILE WORDS: the first page after the contents that has those words in a line of their own
page() {
    for number in $(seq 3 60); do
        pdftotext -f "$number" -l "$number" "$1" - 2>/dev/null | grep -qx "$2" && echo "$number" && return
    done
    echo 3
}
picture() { pdftoppm -r 64 -png -singlefile -f "$2" -l "$2" "$1" "docs/pictures/$3"; }
picture "$folder/annual-report-en.pdf" 1 pdf-en-cover
picture "$folder/annual-report-en.pdf" 5 pdf-en-network
picture "$folder/annual-report-bg.pdf" 4 pdf-bg-network
picture "$folder/annual-report-en.pdf" "$(page "$folder/annual-report-en.pdf" 'Objectives by network')" pdf-en-matrix
picture "$work/word/annual-report-en.pdf" 2 word-en-contents
picture "$work/word/annual-report-bg.pdf" 4 word-bg-network

.venv/bin/report build lantern-bridge annual-report-2026 -q -o "$work" --edition screen
folder=$work/lantern-bridge/annual-report-2026
soffice -env:UserInstallation=file://"$work"/profile --headless --convert-to pdf:writer_pdf_Export \
    --outdir "$work/word" "$folder/annual-report-2026-en.docx" >/dev/null 2>&1
picture "$folder/annual-report-2026-en.pdf" "$(page "$folder/annual-report-2026-en.pdf" 'What we did in 2026')" pdf-en-programme
picture "$work/word/annual-report-2026-en.pdf" "$(page "$work/word/annual-report-2026-en.pdf" 'Where our money came from')" word-en-money
picture "$folder/annual-report-2026-bg.pdf" "$(page "$folder/annual-report-2026-bg.pdf" 'Нашите мрежи')" pdf-bg-ties

.venv/bin/report build lantern-bridge previous-projects three-valleys-budget -q -o "$work" --edition screen --format pdf
picture "$work/lantern-bridge/previous-projects/previous-projects-en.pdf" 1 pdf-en-projects
picture "$work/lantern-bridge/three-valleys-budget/three-valleys-budget-bg.pdf" 1 pdf-bg-budget

# Brochures as the print shop gets them, and as the office printer's sheets
.venv/bin/report build spoc brochure poster -q -o "$work" --edition print --lang en
.venv/bin/report build lantern-bridge brochure leaflet booklet-2026 -q -o "$work" --edition print
small() { pdftoppm -r "$4" -png -singlefile -f "$2" -l "$2" "$1" "docs/pictures/$3"; }
small "$work/spoc/brochure/brochure-en.pdf" 1 print-en-brochure 46
small "$work/lantern-bridge/brochure/brochure-bg.pdf" 2 print-bg-brochure 46
small "$work/spoc/poster/poster-en.pdf" 1 print-en-poster 34
small "$work/lantern-bridge/booklet-2026/booklet-2026-bg.pdf" 1 print-bg-booklet 60
small "$work/lantern-bridge/leaflet/leaflet-en.pdf" 1 print-en-leaflet 80
.venv/bin/report press impose "$work/lantern-bridge/booklet-2026/booklet-2026-en.pdf" --scheme booklet --paper A4 -o "$work/sheets.pdf" >/dev/null
small "$work/sheets.pdf" 1 print-en-sheet 46
small "$work/sheets.pdf" 4 print-en-sheet-back 46
