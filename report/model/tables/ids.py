"""Ids made of names: in Latin letters, without accents."""

from __future__ import annotations

import re
import unicodedata

MOST = 60
"""Most letters of an id, as of every id in the facts."""
FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_PLAIN = dict(
    pair.split("=")
    for pair in (
        "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch ш=sh щ=sht ъ=a ь=y "
        "ю=yu я=ya ё=e ы=y э=e є=ye і=i ґ=g ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ѓ=gj ќ=kj ѕ=dz "
        "ß=ss æ=ae œ=oe ø=o ð=d þ=th đ=d ħ=h ł=l ı=i ŋ=n ə=a"
    ).split()
)
"""Закон за транслитерацията, art. 7, for Bulgarian; other Cyrillic and Latin letters that have no plain part."""


_TOTALS = frozenset(
    "total|totals|grand total|sum|общо|всичко|всичко общо|сума|итого|всего|всього|разом|укупно|ukupno|skupaj|gesamt|summe|insgesamt|"
    "totale|totaal|suma|razem|celkem|spolu|összesen|toplam|σύνολο|yhteensä|summa|kokku|kopā|iš viso|i alt|totalt".split(
        "|"
    )
)


def is_total(text: str) -> bool:
    """Say whether a text is what stands before the sums below a table."""
    return text.strip(" :").casefold() in _TOTALS


def made_of(name: str) -> str:
    """Return an id for a name: Сдружение „Тихият фар“ becomes sdruzhenie-tihiyat-far; an empty text where no letter is known."""
    latin = "".join(_PLAIN.get(letter, letter) for letter in name.casefold())
    parts = unicodedata.normalize("NFKD", latin)
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter)).replace("’", "").replace("'", "")
    whole = "-".join(re.findall(r"[a-z0-9]+", bare))
    return whole if len(whole) <= MOST else whole[: MOST + 1].rpartition("-")[0] or whole[:MOST]
