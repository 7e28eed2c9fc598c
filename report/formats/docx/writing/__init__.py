"""Where the body is written: `index` of the document's HTML, `output` for the next block, `writer` that walks the elements."""
