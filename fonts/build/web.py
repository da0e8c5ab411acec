"""Makes the fonts of the page /start, ../../api/start/assets/*.woff2: the signs of German and its neighbours, of the same
sources as the faces of the documents.

    python3 -m venv /tmp/venv
    /tmp/venv/bin/pip install fonttools==4.68.0 brotli==1.2.1
    /tmp/venv/bin/python web.py [FOLDER]
"""

import pathlib
import sys
import tempfile

from fontTools import subset
from fontTools.ttLib import TTFont

import faces

WEB = ["title", "sans", "sans-semibold"]
OUT = faces.HERE / "../../api/start/assets"
# Latin-1 and Latin Extended-A, spaces and dashes, quotation marks, bullet, dots, minus, euro, tick.
UNICODES = [*range(0x20, 0x180), *range(0x2002, 0x2015), 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026,
            0x202F, 0x2039, 0x203A, 0x20AC, 0x2212, 0x2713]
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]


def named(font, postscript, family, style):
    """The licence reserves the name "Source" for the originals; notices of copyright and licence stay."""
    for record in list(font["name"].names):
        if record.nameID not in (0, 7, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    for number, text in {1: f"{family} {style}", 2: "Regular", 3: postscript, 4: f"{family} {style}", 6: postscript}.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as temporary:
        root = pathlib.Path(folder) if folder else faces.fetch(temporary)
        for file, postscript, family, style, source, _ in faces.FACES:
            if file not in WEB:
                continue
            font = TTFont(root / source, recalcTimestamp=False)
            options = subset.Options(layout_features=FEATURES, name_IDs=["*"], hinting=False, notdef_outline=True)
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=UNICODES)
            cutter.subset(font)
            named(font, postscript, family, style)
            font.flavor = "woff2"
            font.save(OUT / f"{file}.woff2")


main()
