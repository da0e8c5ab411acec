"""Which characters and sequences the faces show, and on which code of which plane each lies."""

import pathlib

HERE = pathlib.Path(__file__).parent
LIST = HERE.parent / "din91379.txt"

NO_GLYPH = {(0x09,), (0x0A,), (0x0D,), (0xA0,)}  # white space of the list without a glyph of its own

# What office texts need first: these lie in plane 1, in this order.
OFFICE = [0x1E9E, 0x2212, 0x2192, 0x2610, 0x2611, 0x2713, 0x2264, 0x2265, 0x2260, 0x2248, 0x2190, 0x2191, 0x2193,
          0x2032, 0x2033, 0x2153, 0x2154, 0x2044, 0x2116, 0x2015]

# Beyond the list, present in every base font.
EXTRA = [0x2012, 0x2206, 0x2211, 0x221A, 0x25A0, 0x20B9, 0x20BA, 0x20BD, 0xFB01, 0xFB02]

# Shown by the glyph of another character: wide and narrow blanks, the two hyphens that differ only in line breaking.
ALIASES = [(c, 0x20) for c in [0xA0, *range(0x2000, 0x200B), 0x202F]] + [(0x2010, 0x2D), (0x2011, 0x2D)]

UNUSED = {0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0, 0xAD}
CODES = [c for c in range(0x20, 0x100) if c not in UNUSED]


def unicode_of(code):
    """The character that WinAnsiEncoding gives to code; the cmap of every plane is keyed by it."""
    return ord(bytes([code]).decode("cp1252"))


def din():
    """The entries of the list: (code points, group)."""
    out = []
    for line in LIST.read_text().splitlines():
        if not line.startswith("#"):
            fields = line.split("\t")
            out.append((tuple(int(x, 16) for x in fields[0].split()), fields[2]))
    return out


def _rank(entry, group):
    """Keeps together what occurs together, so that a document needs few planes."""
    first = entry[0]
    if len(entry) == 1 and first in OFFICE:
        return (0, OFFICE.index(first))
    if group == "L" and len(entry) == 1 and first < 0x250:
        return (1, *entry)
    if group == "L" and len(entry) == 1:
        return (2, *entry)
    if group == "L":
        return (3, *entry)
    order = {"D": 4, "GREEK": 6, "CYR": 7}
    return (order.get(group, 5), *entry)


def planes():
    """A list of planes, each a dict code -> code points. Plane 0 is cp1252; code 32 is used in no other plane."""
    groups = dict(din())
    for cp in OFFICE + EXTRA:
        groups.setdefault((cp,), "X")
    zero = {code: (unicode_of(code),) for code in CODES}
    rest = [e for e in groups if e not in NO_GLYPH and e not in set(zero.values())]
    rest.sort(key=lambda e: _rank(e, groups[e]))
    out, codes = [zero], [c for c in CODES if c != 0x20]
    for start in range(0, len(rest), len(codes)):
        out.append(dict(zip(codes, rest[start:start + len(codes)])))
    return out


def write(path):
    """Writes the table that the Go package reads: plane, code, text; '=' marks a second character for a code."""
    lines = ["# Made by build/build.py. Plane, code, text; = marks a further character shown by that code."]
    where = {}
    for n, plane in enumerate(planes()):
        for code, entry in plane.items():
            where[entry] = (n, code)
            lines.append(f"{n} {code:02X} " + "".join(map(chr, entry)))
    for cp, shown in ALIASES:
        n, code = where[(shown,)]
        lines.append(f"={n} {code:02X} {chr(cp)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
