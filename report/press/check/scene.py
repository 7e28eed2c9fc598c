"""A page's content as the things that it paints, in their order."""

from __future__ import annotations

from typing import Any

import pikepdf

from report.press.check import streams
from report.press.check.geometry import Box, Matrix
from report.press.check.interpreter import Interpreter, Setting, TooLongError
from report.press.check.objects import Clip, Scene
from report.press.check.operators import TABLE
from report.press.check.state import begin


def content(page: Any) -> bytes:
    """Return a page's content, of one stream or several (ISO 32000-1, 7.8.2)."""
    found = page.get("/Contents")
    if found is None:
        return b""
    parts, left = [], streams.CONTENT
    for one in list(found)[:10_000] if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(one, pikepdf.Stream):
            parts.append(streams.unpacked(one, left))
            left -= len(parts[-1])
    return b"\n".join(parts)


def read(page: Any, resources: Any, setting: Setting, box: Box, base: Matrix) -> Scene:
    """Return what a page paints. `box` is the sheet that can be painted on, `base` takes the page's own points to it."""
    scene = Scene()
    gray = setting.spaces.gray("DeviceGray")
    machine = Interpreter(setting, scene, begin(Clip(box), gray, base), resources, scene.items, TABLE, base=base)
    try:
        machine.run(content(page))
    except TooLongError:
        scene.told("there is more on it than is read; what comes after is not checked")
    except streams.TooMuchError:
        scene.told("its content unpacks to more than is read")
    except (streams.UnreadableError, pikepdf.PdfError) as error:
        scene.told(f"its content cannot be unpacked ({error})")
    except RecursionError:
        scene.told("what it paints is nested too deep")
    return scene
