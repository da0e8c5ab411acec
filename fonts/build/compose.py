"""Makes the drawing of every entry: from the font itself, else from its donor, never a mark of one on a base of the other."""

import unicodedata

from outline import base_of

HANGING = {0x0315, 0x031B}  # marks that reach past the advance of their base
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
        drawing = self.source.find(entry)
        if drawing is None:
            return self._donate(entry)
        return self._widen(entry, drawing)

    def _donate(self, entry):
        """The donor's drawing at equal x-height, or for capitals at equal cap height."""
        text = "".join(map(chr, entry))
        drawing = self.donor.find(entry)
        if drawing is None:
            raise SystemExit(f"{text} {entry}: neither font nor donor has it")
        self.donated.append(text)
        scale = self.large if base_of(entry).isupper() else self.small
        return self._widen(entry, drawing.moved(scale))

    @staticmethod
    def _widen(entry, drawing):
        if HANGING & set(entry):
            drawing.advance = max(drawing.advance, int(drawing.bounds()[2]) + 25)
        return drawing
