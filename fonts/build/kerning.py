"""Kerning as HarfBuzz applies it in the untouched font, folded into classes."""

import unicodedata

import uharfbuzz as hb

# frac, numr, dnom: HarfBuzz sets digits beside U+2044 as fractions by itself.
OFF = {f: False for f in ("liga", "clig", "calt", "locl", "ccmp", "rlig", "mark", "mkmk", "frac", "numr", "dnom")}

# Letters without a decomposition that stand like another: (as the left one, as the right one).
LIKE = {
    "Ĳ": ("J", "I"), "ĳ": ("j", "i"), "Ŧ": ("T", "T"), "ŧ": ("t", "t"), "Ɨ": ("I", "I"), "ɨ": ("i", "i"),
    "Ǥ": ("G", "G"), "ǥ": ("g", "g"), "Ƈ": ("C", "C"), "ƈ": ("c", "c"), "Ʒ": ("Z", "Z"), "ʒ": ("z", "z"),
}


def sides(entry, cmap):
    """The characters whose pairs hold for the entry: as the left one and as the right one; None for no kerning."""
    if len(entry) == 1 and unicodedata.category(chr(entry[0]))[0] == "M":
        return None, None
    letters = [c for c in entry if not unicodedata.combining(chr(c))]
    return _stand_in(letters[-1], cmap, 0), _stand_in(letters[0], cmap, 1)


def _stand_in(cp, cmap, side):
    if cp in cmap:
        return cp
    char = LIKE.get(chr(cp), (unicodedata.normalize("NFD", chr(cp))[0],) * 2)[side]
    return ord(char) if ord(char) in cmap else None


def script(cp):
    name = unicodedata.name(chr(cp), "")
    for word, tag in (("GREEK", "Grek"), ("CYRILLIC", "Cyrl"), ("LATIN", "Latn")):
        if name.startswith(word):
            return tag
    return None


def pairs(source, chars):
    """{(left, right): value} without zeros; letters of two scripts are never kerned, as no shaper does."""
    out = {}
    for tag in ("Latn", "Grek", "Cyrl"):
        group = [c for c in chars if script(c) in (tag, None)]
        for left in group:
            if tag != "Latn" and script(left) is None:
                others = [c for c in group if script(c) == tag]
            else:
                others = group
            for right, value in zip(others, _row(source, left, others, tag)):
                if value:
                    out[left, right] = value
    return out


def _row(source, left, others, tag):
    buf = hb.Buffer()
    buf.add_codepoints([c for right in others for c in (left, right)])
    buf.direction, buf.script, buf.language = "ltr", tag, "de"
    hb.shape(source.hb, buf, OFF)
    positions = buf.glyph_positions
    if len(positions) != 2 * len(others):
        raise SystemExit(f"U+{left:04X}: HarfBuzz joined letters")
    advance = source.glyphs[source.cmap[left]].width
    return [positions[2 * i].x_advance - advance for i in range(len(others))]


def classes(source, planes):
    """Left classes and right classes by (plane, code), and the matrix of values; class 0 is never kerned."""
    entries = {(n, code): sides(e, source.cmap) for n, p in enumerate(planes) for code, e in p.items()}
    chars = sorted({c for two in entries.values() for c in two if c is not None})
    values = pairs(source, chars)
    left = _fold(chars, lambda a: tuple((b, values[a, b]) for b in chars if (a, b) in values))
    right = _fold(chars, lambda b: tuple((a, values[a, b]) for a in chars if (a, b) in values))
    rows, cols = max(left.values()) + 1, max(right.values()) + 1
    matrix = [[0] * cols for _ in range(rows)]
    for (a, b), value in values.items():
        matrix[left[a]][right[b]] = value
    lefts = {at: left.get(two[0], 0) for at, two in entries.items()}
    rights = {at: right.get(two[1], 0) for at, two in entries.items()}
    return lefts, rights, matrix


def _fold(chars, signature):
    seen, out = {(): 0}, {}
    for c in chars:
        out[c] = seen.setdefault(signature(c), len(seen))
    return out
