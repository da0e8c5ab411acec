"""Makes the drawing of every entry: from the font itself, else from its donor, never a mark of one on a base of the other."""

import unicodedata

import signs
from outline import FEATURES, Drawing, base_of

HANGING = {0x0315, 0x031B}  # marks that reach past the advance of their base
HORN = chr(0x031B)
CIRCLE = 0x25CC


class Maker:
    """Drawings of one face."""

    def __init__(self, source, donor):
        self.source, self.donor = source, donor
        self.donated = []
        self.small = source.height("x") / donor.height("x")
        self.large = source.height("H") / donor.height("H")

    def make(self, entry):
        if len(entry) == 1 and unicodedata.category(chr(entry[0])) == "Mn":
            return self._donate((CIRCLE, *entry))
        drawing = signs.draw(entry, self.source) or self.source.find(entry)
        if drawing is None:
            return self._donate(entry)
        return self._widen(entry, drawing)

    def _donate(self, entry):
        """The donor's drawing at equal x-height, or for capitals at equal cap height."""
        text = "".join(map(chr, entry))
        drawing = self._horned(text) if text in ("k" + HORN, "t" + HORN) else self.donor.find(entry)
        if drawing is None:
            raise SystemExit(f"{text} {entry}: neither font nor donor has it")
        self.donated.append(text)
        scale = self.large if base_of(entry).isupper() else self.small
        return self._widen(entry, drawing.moved(scale))

    def _horned(self, text):
        """k and t with a horn: the donor's anchors leave it floating above; it belongs at the x-height, to the right."""
        donor = self.donor
        (_, (s_mark, _, y)), _ = donor.shape("s" + HORN, FEATURES)
        (_, (k_mark, x, _)), _ = donor.shape("K" + HORN, FEATURES)
        hang = Drawing(donor.drawing([(k_mark, x, 0)]), 0).bounds()[2] - donor.own(ord("K")).bounds()[2]
        base = donor.own(ord(text[0]))
        mark = Drawing(donor.drawing([(s_mark, 0, y)]), 0)
        mark = mark.moved(dx=base.bounds()[2] + hang - mark.bounds()[2])
        return Drawing(base.value + mark.value, base.advance)

    @staticmethod
    def _widen(entry, drawing):
        if HANGING & set(entry):
            drawing.advance = max(drawing.advance, int(drawing.bounds()[2]) + 25)
        return drawing
