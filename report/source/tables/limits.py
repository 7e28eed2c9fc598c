"""What a table may cost before it is refused. A workbook is a ZIP archive: a few kilobytes may unpack to gigabytes."""

MAX_TEXT = 100_000_000
"""Largest CSV file in bytes."""

MAX_FILE = 50_000_000
"""Largest workbook in bytes."""

MAX_UNPACKED = 500_000_000
"""Most bytes that all parts of a workbook unpack to."""

MAX_RATIO = 300
"""Most times that a part larger than a megabyte grows when it is unpacked; sheets grow ten to a hundred times."""

MAX_CELLS = 4_000_000
"""Most cells of a table, empty ones between others counted too: 100,000 rows of 40 columns."""
