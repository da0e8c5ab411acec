"""One font as a source of outlines: own glyphs, or base and marks placed by HarfBuzz and flattened."""

import unicodedata

import uharfbuzz as hb
from fontTools.misc.roundTools import otRound
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.pointInsidePen import PointInsidePen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FEATURES = {"kern": False, "liga": False, "clig": False, "calt": False, "locl": False}
UNPLACED = {**FEATURES, "mark": False, "mkmk": False}


class Drawing:
    """A recorded outline and its advance."""

    def __init__(self, value, advance):
        self.value, self.advance = value, advance

    def moved(self, scale=1.0, dx=0.0, dy=0.0, scale_x=None):
        """A copy, scaled and then moved, on whole units."""
        sx = scale if scale_x is None else scale_x
        out = []
        for op, points in self.value:
            out.append((op, tuple(p if p is None else (otRound(p[0] * sx + dx), otRound(p[1] * scale + dy))
                                  for p in points)))
        return Drawing(out, otRound(self.advance * sx))

    def replay(self, pen):
        for op, points in self.value:
            getattr(pen, op)(*points)

    def bounds(self):
        pen = BoundsPen(None)
        self.replay(pen)
        return pen.bounds or (0, 0, 0, 0)


class Source:
    """A font file, read by fontTools for outlines and by HarfBuzz for positions."""

    def __init__(self, path):
        self.font = TTFont(path)
        self.glyphs = self.font.getGlyphSet()
        self.cmap = self.font.getBestCmap()
        self.hb = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
        if self.font["head"].unitsPerEm != 1000:
            raise SystemExit(f"{path}: not 1000 units per em")

    def drawing(self, placed):
        """Records glyphs at their places: (name, x, y)."""
        pen = DecomposingRecordingPen(self.glyphs)
        for name, x, y in placed:
            self.glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, x, y)))
        return pen.value

    def own(self, cp):
        """The glyph of one code point, or None."""
        name = self.cmap.get(cp)
        if name is None:
            return None
        return Drawing(self.drawing([(name, 0, 0)]), self.glyphs[name].width)

    def shape(self, text, features):
        """HarfBuzz's glyph names, places and the whole advance."""
        buf = hb.Buffer()
        buf.add_str(text)
        buf.guess_segment_properties()
        buf.language = "de"
        hb.shape(self.hb, buf, features)
        placed, x = [], 0
        for info, pos in zip(buf.glyph_infos, buf.glyph_positions):
            placed.append((self.font.getGlyphName(info.codepoint), x + pos.x_offset, pos.y_offset))
            x += pos.x_advance
        return placed, x

    def find(self, entry):
        """The drawing of a sequence, or None when a glyph or an anchor is missing."""
        if len(entry) == 1 and entry[0] in self.cmap:
            return self.own(entry[0])
        text = "".join(map(chr, entry))
        placed, advance = self.shape(text, FEATURES)
        if any(name == ".notdef" for name, _, _ in placed):
            return None
        if len(placed) > 1 and not self._anchored(text, placed):
            return None
        return Drawing(self.drawing(placed), advance)

    def _anchored(self, text, placed):
        """Says whether every mark was moved by an anchor."""
        loose, _ = self.shape(text, UNPLACED)
        marks = [i for i, (name, _, _) in enumerate(placed) if self._is_mark(name)]
        return len(loose) == len(placed) and bool(marks) and all(placed[i] != loose[i] for i in marks)

    def _is_mark(self, name):
        gdef = self.font["GDEF"].table.GlyphClassDef.classDefs
        return gdef.get(name) == 3

    def height(self, char):
        return self.own(ord(char)).bounds()[3]

    def stem(self):
        """The stem of l at half x-height, in units (StemV of the font descriptor)."""
        d = self.own(ord("l"))
        x0, _, x1, _ = d.bounds()
        inside = 0
        for x in range(int(x0), int(x1) + 1):
            pen = PointInsidePen(None, (x + 0.5, self.height("x") / 2 + 0.3))
            d.replay(pen)
            inside += bool(pen.getResult())
        return inside


def base_of(entry):
    """The first letter of an entry without its marks."""
    return unicodedata.normalize("NFD", chr(entry[0]))[0]
