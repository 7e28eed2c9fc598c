"""Files that are written in odd ways are changed as the others: nothing but the value is another, or the change is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from report.source.patch import by_ids
from report.source.yamlfile import parse
from tests.source.patch.test_random_changes import a_change, held, places

TEXTS = {
    'quoted keys, spaces and dashes': '"quoted key": 1\n\'single\': two\nplain:    spaced   # c1\nlist:\n- a\n-   b   # c2\n-\n  # own line\n  id: x\n  t: y\n- - n1\n  - n2\n',
    'blocks with indicators': 't1: |2\n    two indented\n   x\nt2: >+\n  keep\n\n\nt3: |-\n\n  blank first\n  then\nend: 1\n',
    'braces over several lines': 'm: {a: 1, # in flow\n  b: [x,\n    y, # more\n    z], c: {d: e}}\nafter: "multi\n  line \\\n  quoted"\nsq: \'it\'\'s\n  folded\'\n',
    'comments at every depth': '# top\n\n# more\na:\n    # deep indent\n    b:\n            c: 1\n            # tail of c\n    # tail of b\n# tail of a\nz: 9\n# end',
    'lists at the margin': '- id: one\n  v: 1\n\n\n- id: two   \n  v:   \n# mid\n- id: three\n  v: [ ]\n  w: { }\n',
    'texts over several lines': 'k: plain\n  continued\n  on lines # c\nj:\n  - long plain\n    text here\n  - {id: q, n: 1}\n  - [1, 2,]\n',
    'marks of a document': '---\na: 1\nb:\n  c: x\n...\n',
    'a directive': '%YAML 1.1\n---\na: 1\nb: [q, w]\n',
    'other scripts': 'α: βγ\nключ: "стойност – с тире"\nу:\n  - Ж   # бележка\n  - З\n',
    'empty values': 'empty_map: {}\nempty_list: []\nnul: ~\nnul2: null\nlast:',
    'deep lists': 'a:\n  - b:\n      - c:\n          - d: 1\n            e: 2\n        f: 3\n    g: 4\n',
    'a folded text with literal lines': 'text: >\n  para one\n  goes on\n\n  para two\n\n    literal line\n  back\nnext: v # x\n',
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_changes_by_chance_in_odd_files(name: str) -> None:
    path, text = Path("odd.yaml"), TEXTS[name]
    chance, data = random.Random(name), parse(path, text).data
    made = 0
    for _ in range(60):
        made += held(path, text, a_change(chance, data, by_ids(data, chance.choice(places(data)))))
    assert made > 40
