"""The tick signs, drawn here: the fonts' ticks look like a root, and one of the fonts shades its boxes."""

from fontTools.misc.roundTools import otRound

from outline import Drawing

TICK, BOX, TICKED = 0x2713, 0x2610, 0x2611
SIDE, BEARING = 700, 50  # of the boxes


def draw(entry, source):
    """The drawing of a tick, a box or a ticked box, None for anything else."""
    if entry not in ((TICK,), (BOX,), (TICKED,)):
        return None
    height, weight = source.height("H"), source.stem()
    if entry == (TICK,):
        path = [(0.08 * height, 0.42 * height), (0.33 * height, 0.11 * height), (0.86 * height, 0.92 * height)]
        return Drawing(_stroke(path, weight), otRound(0.94 * height))
    low = (height - SIDE) / 2
    box = _square(0, low) + _square(max(44, 0.55 * weight), low)[::-1]
    frame = _shape(box[:4]) + _shape(box[4:])
    if entry == (BOX,):
        return Drawing(frame, SIDE + 2 * BEARING)
    path = [(BEARING + fx * SIDE, low + fy * SIDE) for fx, fy in ((0.23, 0.49), (0.44, 0.25), (0.78, 0.75))]
    return Drawing(frame + _stroke(path, min(weight, 125)), SIDE + 2 * BEARING)


def _square(inset, low):
    x0, x1, y0, y1 = BEARING + inset, BEARING + SIDE - inset, low + inset, low + SIDE - inset
    return [(x0, y0), (x0, y1), (x1, y1), (x1, y0)]


def _stroke(path, weight):
    """The outline of two joined straight strokes of one weight, mitred."""
    a, b, c = path
    n1, n2 = _normal(a, b, weight / 2), _normal(b, c, weight / 2)
    joint = ((n1[0] + n2[0]) / 2, (n1[1] + n2[1]) / 2)
    scale = (weight / 2) ** 2 / (joint[0] ** 2 + joint[1] ** 2)
    joint = (joint[0] * scale, joint[1] * scale)
    points = [_plus(a, n1), _plus(b, joint), _plus(c, n2), _plus(c, n2, -1), _plus(b, joint, -1), _plus(a, n1, -1)]
    return _shape(points)


def _shape(points):
    points = [(otRound(x), otRound(y)) for x, y in points]
    return [("moveTo", (points[0],)), *(("lineTo", (p,)) for p in points[1:]), ("closePath", ())]


def _normal(p, q, length):
    dx, dy = q[0] - p[0], q[1] - p[1]
    size = (dx * dx + dy * dy) ** 0.5
    return (-dy / size * length, dx / size * length)


def _plus(p, v, sign=1):
    return (p[0] + sign * v[0], p[1] + sign * v[1])
