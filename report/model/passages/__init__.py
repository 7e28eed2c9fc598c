"""Passages: paragraphs and lists as people type them, and Markdown. `one_line` and `lines` use nothing of the others; `lettered`, `lists`, `markdown` each use those before."""
