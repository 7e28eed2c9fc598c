"""What a page's content paints: `scene.read` interprets its operators and lists the painted items in their order.

Modules, each importing only those before it: `budget`, `colour`, `fonts`, `items`, `state`, `interpreter`, `external`, `text`, `operators`, `scene`;
`shown_boxes` and `letters` are used by the check itself.
"""
