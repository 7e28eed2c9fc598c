"""How documents look: document kinds, themes with their tokens, inks and style sheets, fonts and their glyphs.

`inks`, `style_sheets`, `glyphs` and `kinds`, then `theme_file`, `theme`, `tokens`, `printing` and `running`.
"""
