"""What a table may cost before it is refused. A workbook is a ZIP archive: a few kilobytes may unpack to gigabytes."""

MAX_TEXT = 100_000_000
"""Largest CSV file in bytes; and most characters of all cells of a workbook, which may repeat a text a million times."""

MAX_FILE = 50_000_000
"""Largest workbook in bytes."""

MAX_UNPACKED = 500_000_000
"""Most bytes that all parts of a workbook unpack to."""

MAX_TREE = 20_000_000
"""Most bytes of a part that is read as a whole: the list of sheets, the relationships of parts."""

MAX_ELEMENT = 20_000_000
"""Most bytes of one row, one text or one style of a part that is read piece by piece."""

MAX_RATIO = 300
"""Most times that a part larger than a megabyte grows when it is unpacked; sheets grow ten to a hundred times."""

MAX_CELLS = 4_000_000
"""Most cells of a table, empty ones between others counted too: 100,000 rows of 40 columns."""

MAX_ROWS = 100_000
"""Most rows of a table below its header."""

MAX_COLUMNS = 16_384
"""Most columns of a table: a sheet has no more."""

MAX_LETTERS = 100_000
"""Most characters of a cell; a spreadsheet program takes a third of it."""

MAX_LINES = 4_000_000
"""Most lines of a CSV file."""
