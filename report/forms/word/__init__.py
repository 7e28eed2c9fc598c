"""Word files as parts of XML: opened with care, read, and written with new text.

A module imports only those before it: `form`, `field_codes`, `safety`, `package`; `text`, `text_boxes`.
"""
