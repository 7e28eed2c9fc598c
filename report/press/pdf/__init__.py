"""What checking, producing and imposing share: objects, streams, functions, colour spaces and geometry of anybody's PDF.

Malformed objects are answers, not surprises. Modules, each importing only those before it: `geometry`, `objects`, `page_boxes`, `streams`, `tokens`,
`functions`, `spaces`, `separation`, `samples`, `complexity`, `opening`; `marks`; `characters`.
"""
