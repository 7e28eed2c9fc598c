"""Tags that go on for ever, or grow until nothing is left: each alone in a form."""

from __future__ import annotations

TAGS = {
    "loops in loops": "{% for a in range(999) %}{% for b in affiliations %}{% for c in 'x'|list * 9999 %}{% for d in 'y'|list * 9999 %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    "ranges in ranges": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "a text centred": "{{ 'x'.center(10**9) }}",
    "a text centred by a filter": "{{ 'x'|center(1000000000) }}",
    "many words": "{{ lipsum(n=10**6) }}",
    "a text doubled": "{% set x = 'xxxxxxxxxx' %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}",
    "a list doubled": "{% set x = [1] %}" + "{% set x = x + x %}" * 40 + "{{ x|length }}",
    "a text replaced": "{% set x = 'x' * 90000 %}{{ x.replace('', x) }}",
    "a text replaced by a filter": "{% set x = 'x' * 90000 %}{{ x|replace('x', x) }}",
    "a text joined": "{% set x = 'x' * 90000 %}{{ x|list|join(x) }}",
    "a width": "{{ '%999999999d' % 1 }}",
    "a width by a filter": "{{ '%999999999d'|format(1) }}",
    "a width of a format": "{{ '{:>999999999}'.format(1) }}",
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a number of many digits": "{{ 99999 ** 16 ** 16 }}",
    "a product": "{{ 'x' * 10**10 }}",
    "a number of many decimals": "{{ 1|round(999999999) }}",
    "rows of a list": "{{ [1]|batch(10**9, 'x')|list|length }}",
    "an indent": "{{ 'x\n\n'|indent(10**9) }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(200) }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "conditions": "{% if 1 %}" * 2000 + "x" + "{% endif %}" * 2000,
    "lists in lists": "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "infinity": "{{ (1e400)|number }}",
    "a wrapped text": "{{ ('x ' * 40000)|wordwrap(1, wrapstring='y' * 90000) }}",
    "all there is of a text": "{% set x = ('a' * 90000)|list %}{% for a in x %}{% for b in x %}{{ b }}{% endfor %}{% endfor %}",
}
