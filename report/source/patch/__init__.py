"""One value of a YAML file is changed, and every other byte and every comment stays.

`address` names values, `data` says what a change does to plain values, `geometry` where values stand in a text, `writing` how they are written,
`edits` joins them, `proving` holds the result against what was wanted, and `merge` joins two people's changes.
"""

from report.source.patch.address import Address, ById, by_ids, read_address, write_address
from report.source.patch.data import Change, Insert, Move, Remove, Set, value_at
from report.source.patch.merge import Conflict, Merged, differences, merge
from report.source.patch.proving import patched

__all__ = [
    "Address",
    "ById",
    "Change",
    "Conflict",
    "Insert",
    "Merged",
    "Move",
    "Remove",
    "Set",
    "by_ids",
    "differences",
    "merge",
    "patched",
    "read_address",
    "value_at",
    "write_address",
]
