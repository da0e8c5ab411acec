"""Makes the embedded typefaces: see README.md."""

import pathlib
import struct
import sys
import tempfile

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from zopfli.zlib import compress

sys.dont_write_bytecode = True  # the folder stays clean

import compose
import coverage
import faces
import kerning
from outline import Source

FONTS = pathlib.Path(__file__).parent.parent
SERIF, NONSYMBOLIC, ITALIC = 1 << 1, 1 << 5, 1 << 6  # ISO 32000-1 table 123


def glyph(drawing):
    pen = TTGlyphPen(None)
    drawing.replay(pen)
    return pen.glyph()


def program(face, source, drawings, number):
    """One plane as a TrueType program: code -> drawing. The cmap (3,1) is keyed as WinAnsiEncoding reads."""
    _, ps, family, style, *_ = face
    hhea = source.font["hhea"]
    names = {code: f"c{code:02X}" for code in drawings}
    fb = FontBuilder(1000, isTTF=True)
    fb.setupGlyphOrder([".notdef", *names.values()])
    fb.setupCharacterMap({coverage.unicode_of(code): name for code, name in names.items()})
    outlines = {".notdef": glyph(source.own(0x20))}
    metrics = {".notdef": (source.own(0x20).advance, 0)}
    for code, name in names.items():
        outlines[name] = glyph(drawings[code])
        metrics[name] = (drawings[code].advance, int(drawings[code].bounds()[0]))
    fb.setupGlyf(outlines)
    fb.setupHorizontalMetrics({n: (w, getattr(outlines[n], "xMin", 0)) for n, (w, _) in metrics.items()})
    fb.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent)
    fb.setupNameTable({"familyName": f"{family} {number}", "styleName": style, "fullName": f"{family} {number} {style}",
                       "psName": f"{ps}-{number}", "licenseDescription": "SIL Open Font License 1.1"}, mac=False)
    fb.setupOS2(sTypoAscender=hhea.ascent, sTypoDescender=hhea.descent, usWinAscent=hhea.ascent,
                usWinDescent=-hhea.descent, sxHeight=source.font["OS/2"].sxHeight,
                sCapHeight=source.font["OS/2"].sCapHeight, usWeightClass=source.font["OS/2"].usWeightClass)
    fb.setupPost(keepGlyphNames=False, italicAngle=source.font["post"].italicAngle)
    fb.font["head"].created = fb.font["head"].modified = 0
    fb.font.recalcTimestamp = False
    return fb.font


def packed(font):
    """The program's bytes, deflated, its length before, and its bounding box."""
    with tempfile.TemporaryFile() as f:
        font.save(f)
        f.seek(0)
        raw = f.read()
    head = font["head"]
    return compress(raw, numiterations=30), len(raw), (head.xMin, head.yMin, head.xMax, head.yMax)


def build(face, root, planes):
    """Writes data/<face>.bin; its layout is told in face.go."""
    name, ps, _, _, path, donor = face
    source = Source(root / path)
    maker = compose.Maker(source, Source(root / donor))
    programs, widths = [], []
    for n, plane in enumerate(planes):
        drawings = {code: maker.make(entry) for code, entry in plane.items()}
        programs.append(packed(program(face, source, drawings, n)))
        widths += [drawings[c].advance if c in drawings else 0 for c in range(256)]
    lefts, rights, matrix = kerning.classes(source, planes)
    hhea, angle = source.font["hhea"], int(source.font["post"].italicAngle)
    flags = NONSYMBOLIC | (SERIF if ps.startswith("Werktext") else 0) | (ITALIC if angle else 0)
    out = struct.pack("<10h", hhea.ascent, hhea.descent, source.height("H"), source.height("x"), source.stem(), angle, flags,
                      len(planes), len(matrix), len(matrix[0]))
    for raw, length, box in programs:
        out += struct.pack("<II4h", len(raw), length, *box)
    for i, width in enumerate(widths):
        at = (i >> 8, i & 255)
        out += struct.pack("<HBB", width, lefts.get(at, 0), rights.get(at, 0))
    for row in matrix:
        out += struct.pack(f"<{len(row)}h", *row)
    (FONTS / "data" / f"{name}.bin").write_bytes(out + b"".join(raw for raw, _, _ in programs))
    print(f"{name}: planes {[len(raw) for raw, _, _ in programs]}, kerning {len(matrix)}×{len(matrix[0])}, "
          f"from the donor: {len(maker.donated)}: {' '.join(maker.donated)}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else faces.fetch(folder)
        planes = coverage.planes()
        coverage.write(FONTS / "data" / "coverage.txt")
        for path, name in faces.LICENCES:
            (FONTS / name).write_text((root / path).read_text())
        for face in faces.FACES:
            build(face, root, planes)


if __name__ == "__main__":
    main()
