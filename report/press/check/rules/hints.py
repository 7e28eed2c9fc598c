"""Every code of a finding: how much it weighs, and what to do about it."""

from __future__ import annotations

from report.values import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: dict[str, tuple[Severity, str | None]] = {
    # the file
    "print.damaged": (_W, "programs repair it while reading, and not all alike: export it again"),
    "print.encrypted": (_E, "export it without a password or restrictions"),
    "print.version": (_N, "export it as the standard's own version"),
    "print.standard": (_E, "export it as a standard that the shop accepts"),
    "print.output-intent": (_E, "export it with the shop's printing condition as output intent"),
    "print.condition": (_E, "separate it again for the shop's printing condition, or ask the shop"),
    "print.intent-profile": (_E, "export it with the ICC profile of the printing condition"),
    "print.intent-colours": (_E, "the output intent's profile is one of four inks"),
    "print.icc-class": (_E, "the output intent's profile is that of a printer"),
    "print.trapped": (_W, "PDF/X says in Trapped whether the file is trapped: True or False"),
    "print.embedded-files": (_W, "export it without attachments"),
    "print.javascript": (_E, "export it without scripts"),
    "print.layers": (_W, "merge the layers: a press prints one of their states, and nobody knows which"),
    "print.media": (_E, "remove films, sounds and 3D"),
    "print.file-size": (_W, "make pictures no finer than they are printed"),
    "print.page-count": (_E, "compare it with the order"),
    "print.page-multiple": (_E, "add pages, or remove some"),
    "print.unread": (
        _W,
        "make a page simpler, with fewer points, pictures and layers; split a long file and check its parts, "
        "or allow more time:  report --read-seconds 120 press check …",
    ),
    "print.spot": (_E, "turn spot colours into the four inks"),
    # a page and its boxes
    "print.page-unreadable": (_E, "export it again; what cannot be read here fails at the print shop, too"),
    "print.page-size": (_E, "all pages of a print job have one size"),
    "print.trim-size": (_E, "set the page to the size that was ordered"),
    "print.trim-missing": (_E, "export it with a trim box: the size of the page when it is cut"),
    "print.trim-outside": (_E, "the trim box lies within the bleed box, and that within the media box"),
    "print.bleed-box": (_E, "export it with the shop's bleed"),
    "print.bleed-missing": (_E, "let what reaches the edge go on to the end of the bleed"),
    "print.rotation": (_W, "export pages upright: some presses lose the turn"),
    "print.user-unit": (_W, "export it at its real size"),
    "print.blank": (_N, None),
    # colours and ink
    "print.rgb-text": (_E, "set text in black or the four inks"),
    "print.rgb-vector": (_E, "paint it in the four inks"),
    "print.rgb-image": (_E, "separate the picture with the printing condition's profile"),
    "print.rgb-shading": (_E, "paint it in the four inks"),
    "print.icc-colour": (_E, "PDF/X-1a allows only the four inks and spot colours"),
    "print.registration": (_E, "the colour of crop marks prints in every ink: use black"),
    "print.ink": (_E, "so much ink does not dry: lighten it, or separate it with the printing condition's profile"),
    "print.ink-unmeasured": (_W, "its ink is not in the sum"),
    "print.marks": (_W, "export it without marks: the shop sets its own"),
    "print.marks-rgb": (_E, "marks are in the registration colour"),
    "print.marks-ink": (_W, "marks are in the registration colour, so that every plate has them"),
    "print.marks-bleed": (_E, "put marks outside the bleed: they may be left standing on the page"),
    # images
    "print.resolution-least": (_E, "use a larger picture, or print it smaller"),
    "print.resolution": (_W, "use a larger picture, or print it smaller"),
    "print.line-art": (_W, "draw it as vectors, or scan it finer"),
    "print.resolution-excess": (_N, "a smaller picture prints as well"),
    "print.stretched": (_N, "is it meant to be?"),
    "print.jpeg2000": (_W, "not every shop reads JPEG 2000"),
    "print.16-bit": (_W, "eight bits are what a press prints"),
    # type and lines
    "print.font-unembedded": (_E, "embed all fonts: the shop's own differ"),
    "print.font-type3": (_W, "set it in a font of outlines: drawn letters print coarsely"),
    "print.type-small": (_W, "set it larger"),
    "print.type-reversed": (_W, "set it larger or bolder: ink runs into small light letters"),
    "print.rich-black": (_W, "set it in black alone: four inks never meet exactly"),
    "print.type-inks": (_W, "set it in one or two inks: small letters of more get coloured edges"),
    "print.hairline": (_W, "make it wider: it may not print"),
    "print.hairline-reversed": (_W, "make it wider: ink runs into it"),
    "print.near-trim": (_W, "move it inwards: cutting is exact to a millimetre"),
    "print.text-cut": (_E, "move it inwards, or set it wholly outside"),
    "print.near-fold": (_W, "move it away from the fold"),
    "print.across-fold": (_E, "no text goes over a fold"),
    # overprint and transparency
    "print.white-overprint": (_E, "let white knock out: overprinted, it is not there"),
    "print.black-knockout": (_N, "let small black text overprint: it gets white edges where plates shift"),
    "print.overprint-mode": (_W, "overprint in mode 1 (OPM 1), or inks of 0 % erase those below"),
    "print.transparency": (_E, "flatten it, or export PDF/X-4"),
    "print.blend-space": (_N, "let transparency blend in the four inks"),
    "print.transfer": (_W, "export it without transfer functions: they change every tone"),
    "print.halftone": (_W, "export it without halftones: the press has its own"),
    "print.annotation": (_E, "remove links, comments and form fields: PDF/X has none within the bleed"),
}
