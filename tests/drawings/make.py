#!/usr/bin/env python3
"""Writes digits.json: forty digits as a person with a mouse draws them, four ways of writing each.

    python3 tests/drawings/make.py

Only the standard library is needed, and the result is always the same. Every stroke is a list of smooth pieces that
meet in corners; a piece is a list of points in the unit square, y down, through which a Catmull-Rom curve is laid. No
hand is that tidy: each drawing gets a slant, a turn and a width of its own, every point misses its place a little, and
a slow wobble runs along the stroke. The curve is sampled as a mouse does it: few points where the hand is fast, many
in bends.
"""

import json
import math
import pathlib
import random

# label: four drawings, each a list of strokes, each a list of smooth pieces.
DIGITS = {
    0: [
        # Closed oval from the top, a little overlap at the end.
        [[[(.52, .10), (.33, .18), (.23, .45), (.28, .75), (.48, .90), (.68, .78), (.77, .50), (.70, .22), (.53, .11), (.44, .13)]]],
        # Round, not quite closed.
        [[[(.60, .16), (.42, .14), (.22, .28), (.15, .52), (.24, .76), (.47, .86), (.72, .77), (.85, .53), (.79, .30), (.66, .20)]]],
        # Narrow and slanted, its tail hanging inside.
        [[[(.66, .12), (.50, .14), (.36, .35), (.29, .62), (.32, .84), (.44, .90), (.58, .74), (.68, .48), (.71, .24), (.64, .12), (.56, .17), (.54, .25)]]],
        # Clockwise from the left.
        [[[(.24, .50), (.30, .25), (.47, .13), (.66, .19), (.76, .42), (.73, .68), (.58, .87), (.38, .84), (.26, .66), (.24, .46), (.28, .34)]]],
    ],
    1: [
        [[[(.50, .08), (.51, .35), (.49, .65), (.50, .92)]]],
        [[[(.64, .09), (.56, .36), (.46, .66), (.37, .91)]]],
        # With an upstroke.
        [[[(.33, .32), (.45, .22), (.56, .09)], [(.56, .09), (.55, .40), (.54, .70), (.55, .92)]]],
        # With an upstroke and a foot.
        [[[(.36, .27), (.45, .20), (.54, .10)], [(.54, .10), (.53, .40), (.51, .65), (.51, .89)]], [[(.33, .90), (.52, .885), (.70, .89)]]],
    ],
    2: [
        # Straight base, sharp corner.
        [[[(.26, .30), (.34, .15), (.52, .09), (.69, .17), (.71, .34), (.60, .54), (.42, .73), (.25, .89)], [(.25, .89), (.50, .88), (.78, .88)]]],
        # A loop at the lower left.
        [[[(.25, .27), (.38, .12), (.57, .11), (.69, .25), (.64, .46), (.49, .68), (.33, .85), (.22, .86), (.22, .75), (.33, .72), (.50, .82), (.66, .88), (.80, .82)]]],
        # Slanted, with a wave as its base.
        [[[(.36, .26), (.47, .13), (.63, .10), (.74, .20), (.69, .38), (.53, .58), (.35, .76), (.22, .88)], [(.22, .88), (.36, .82), (.50, .86), (.64, .90), (.77, .84)]]],
        # Wide, starting with a hook.
        [[[(.22, .34), (.19, .25), (.30, .14), (.52, .12), (.70, .20), (.74, .37), (.62, .55), (.40, .70), (.20, .83)], [(.20, .83), (.45, .85), (.68, .84), (.84, .82)]]],
    ],
    3: [
        # Two round bows.
        [[[(.29, .20), (.43, .10), (.61, .13), (.67, .27), (.58, .41), (.43, .47)], [(.43, .47), (.62, .50), (.73, .65), (.65, .83), (.46, .91), (.26, .82)]]],
        # Flat top.
        [[[(.27, .12), (.48, .13), (.71, .11)], [(.71, .11), (.58, .26), (.46, .42)], [(.46, .42), (.64, .46), (.74, .63), (.66, .82), (.46, .91), (.25, .84)]]],
        # A small loop in the middle.
        [[[(.32, .17), (.48, .09), (.64, .14), (.68, .28), (.57, .42), (.43, .48), (.38, .45), (.44, .41), (.58, .47), (.70, .60), (.67, .78), (.51, .90), (.31, .87), (.25, .79)]]],
        # Slanted, the lower bow larger.
        [[[(.40, .19), (.55, .09), (.72, .12), (.74, .25), (.62, .37), (.48, .41)], [(.48, .41), (.65, .46), (.70, .62), (.60, .80), (.41, .91), (.23, .86), (.20, .77)]]],
    ],
    4: [
        # Open, two strokes.
        [[[(.31, .12), (.28, .32), (.25, .53)], [(.25, .53), (.50, .53), (.76, .51)]], [[(.66, .13), (.65, .40), (.63, .68), (.62, .92)]]],
        # Closed triangle.
        [[[(.60, .09), (.47, .28), (.33, .46), (.20, .63)], [(.20, .63), (.50, .64), (.82, .62)]], [[(.61, .10), (.61, .36), (.60, .66), (.60, .92)]]],
        # Open and round.
        [[[(.27, .15), (.23, .32), (.26, .47), (.40, .54), (.57, .50), (.69, .42)]], [[(.72, .12), (.68, .36), (.62, .64), (.57, .91)]]],
        # One stroke that crosses itself.
        [[[(.78, .58), (.52, .61), (.25, .62)], [(.25, .62), (.40, .44), (.54, .26), (.65, .10)], [(.65, .10), (.62, .36), (.59, .64), (.56, .92)]]],
    ],
    5: [
        # The bar last.
        [[[(.33, .13), (.31, .29), (.29, .44)], [(.29, .44), (.45, .39), (.64, .46), (.72, .64), (.63, .83), (.44, .91), (.25, .84)]], [[(.33, .13), (.51, .125), (.71, .11)]]],
        # One stroke from the bar's right end.
        [[[(.74, .12), (.55, .12), (.37, .13)], [(.37, .13), (.34, .27), (.32, .42)], [(.32, .42), (.50, .38), (.68, .47), (.72, .65), (.60, .84), (.40, .90), (.24, .83)]]],
        # Slanted, almost an S.
        [[[(.79, .10), (.62, .11), (.46, .14), (.40, .25), (.38, .38), (.50, .42), (.63, .50), (.65, .66), (.54, .82), (.36, .90), (.20, .86)]]],
        # Angular, with a large bow.
        [[[(.30, .16), (.29, .30), (.28, .40)], [(.28, .40), (.50, .34), (.72, .43), (.79, .62), (.68, .82), (.46, .90), (.22, .82)]], [[(.29, .15), (.48, .15), (.68, .14)]]],
    ],
    6: [
        # Curved stem, closed loop.
        [[[(.63, .10), (.46, .22), (.33, .43), (.27, .66), (.35, .86), (.53, .91), (.68, .79), (.67, .63), (.53, .55), (.37, .61), (.29, .72)]]],
        # Straight slanted stem, small loop.
        [[[(.62, .08), (.49, .31), (.37, .55), (.30, .75), (.36, .89), (.50, .91), (.62, .80), (.59, .67), (.47, .64), (.35, .71)]]],
        # Large loop, short stem.
        [[[(.55, .12), (.36, .24), (.24, .46), (.23, .70), (.37, .88), (.60, .88), (.76, .72), (.73, .54), (.56, .45), (.37, .50), (.26, .62)]]],
        # The loop stays open.
        [[[(.68, .13), (.50, .16), (.35, .34), (.29, .58), (.32, .80), (.47, .90), (.64, .83), (.70, .68), (.60, .56), (.46, .57), (.40, .64)]]],
    ],
    7: [
        [[[(.23, .14), (.48, .13), (.75, .12)], [(.75, .12), (.63, .38), (.52, .64), (.44, .91)]]],
        # With a bar.
        [[[(.25, .15), (.48, .14), (.73, .13)], [(.73, .13), (.61, .38), (.50, .65), (.42, .91)]], [[(.36, .51), (.53, .50), (.71, .49)]]],
        # A serif at the left, a curved leg.
        [[[(.25, .24), (.25, .18), (.26, .13)], [(.26, .13), (.50, .15), (.76, .12)], [(.76, .12), (.63, .29), (.54, .52), (.51, .73), (.50, .90)]]],
        # A wave as its top, slanted, with a bar.
        [[[(.26, .20), (.36, .13), (.52, .17), (.66, .18), (.79, .11)], [(.79, .11), (.64, .35), (.49, .62), (.36, .90)]], [[(.40, .52), (.54, .50), (.68, .50)]]],
    ],
    8: [
        # One stroke from the upper right.
        [[[(.65, .20), (.52, .10), (.36, .17), (.35, .33), (.50, .46), (.65, .59), (.69, .76), (.55, .90), (.37, .86), (.30, .71), (.39, .56), (.55, .44), (.67, .31), (.65, .19)]]],
        # Two circles.
        [[[(.51, .11), (.37, .18), (.35, .34), (.48, .45), (.63, .38), (.66, .22), (.55, .11), (.47, .12)]], [[(.49, .45), (.32, .54), (.27, .72), (.40, .88), (.60, .87), (.71, .70), (.63, .53), (.48, .45)]]],
        # Narrow, slanted, not quite closed.
        [[[(.72, .19), (.62, .09), (.49, .16), (.47, .31), (.54, .45), (.58, .62), (.51, .82), (.37, .91), (.28, .81), (.34, .64), (.51, .46), (.66, .33), (.71, .25)]]],
        # Wide, from the middle.
        [[[(.50, .48), (.33, .38), (.31, .22), (.47, .12), (.66, .17), (.70, .33), (.54, .47), (.33, .60), (.26, .77), (.42, .89), (.64, .87), (.75, .72), (.65, .56), (.47, .46)]]],
    ],
    9: [
        # A round head, a straight stem.
        [[[(.68, .22), (.53, .11), (.36, .17), (.30, .34), (.41, .48), (.58, .44), (.67, .28), (.69, .20)], [(.69, .20), (.68, .45), (.66, .70), (.65, .92)]]],
        # A hooked tail.
        [[[(.67, .24), (.54, .12), (.37, .16), (.29, .32), (.38, .47), (.55, .45), (.67, .30), (.69, .22)], [(.69, .22), (.71, .45), (.69, .70), (.58, .87), (.42, .90), (.30, .82)]]],
        # Slanted, in one go.
        [[[(.74, .20), (.63, .10), (.47, .18), (.38, .34), (.43, .46), (.56, .44), (.68, .31), (.75, .16), (.69, .37), (.58, .62), (.46, .91)]]],
        # Head and stem as two strokes, the stem curved.
        [[[(.62, .17), (.47, .12), (.32, .23), (.29, .40), (.42, .51), (.58, .46), (.67, .32), (.65, .19), (.56, .13)]], [[(.69, .16), (.69, .38), (.66, .62), (.57, .82), (.46, .91)]]],
    ],
}

# The hand: slant (sideways for each upwards), turn (radians), width; how far a point misses its place (standard
# deviation) and how far the wobble goes, both of the unit square.
SLANT, TURN, WIDTH = (-0.10, 0.35), (-0.10, 0.10), (0.80, 1.25)
MISS = 0.02
WOBBLE = 0.006
# The mouse: the pointer's raster and the spacing of its samples, of the unit square.
RASTER = 1 / 400
FAST, SLOW = 0.055, 0.022


def catmull_rom(points, steps=24):
    """A dense polyline through the points; uniform Catmull-Rom, with its ends continued by reflection."""
    first = tuple(2 * a - b for a, b in zip(points[0], points[1]))
    last = tuple(2 * a - b for a, b in zip(points[-1], points[-2]))
    knots = [first, *points, last]
    curve = [points[0]]
    for p0, p1, p2, p3 in zip(knots, knots[1:], knots[2:], knots[3:]):
        for step in range(1, steps + 1):
            t = step / steps
            curve.append(tuple(
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
                for a, b, c, d in zip(p0, p1, p2, p3)
            ))
    return curve


def untidy(strokes, rng):
    """The drawing by a hand: its points moved, then slanted, turned and widened about the middle, and fitted back
    into the unit square. Points that are the same stay the same, so that pieces still meet."""
    slant, turn, width = rng.uniform(*SLANT), rng.uniform(*TURN), rng.uniform(*WIDTH)
    moved = {}

    def move(point):
        if point not in moved:
            x, y = (v - 0.5 + rng.gauss(0, MISS) for v in point)
            x, y = width * (x - slant * y), y
            moved[point] = (
                x * math.cos(turn) - y * math.sin(turn),
                x * math.sin(turn) + y * math.cos(turn),
            )
        return moved[point]

    strokes = [[[move(point) for point in piece] for piece in stroke] for stroke in strokes]
    reach = max(abs(v) for stroke in strokes for piece in stroke for point in piece for v in point)
    fit = min(1, 0.44 / reach)
    return [[[(0.5 + fit * x, 0.5 + fit * y) for x, y in piece] for piece in stroke] for stroke in strokes]


def wobbled(curve, rng):
    """The curve moved sideways by a sum of three slow waves along its length, as a hand's tremor does."""
    waves = [(rng.uniform(2, 9), rng.uniform(0, 2 * math.pi), rng.uniform(0, 2 * math.pi)) for _ in range(3)]
    length, moved, previous = 0.0, [], curve[0]
    for x, y in curve:
        length += math.dist(previous, (x, y))
        previous = (x, y)
        dx = sum(math.sin(2 * math.pi * f * length + a) for f, a, _ in waves)
        dy = sum(math.sin(2 * math.pi * f * length + b) for f, _, b in waves)
        moved.append((x + WOBBLE * dx / 2, y + WOBBLE * dy / 2))
    return moved


def sampled(curve, rng):
    """Some of the curve's points: far apart on the straight, close together in bends and at both ends."""
    kept, since = [curve[0]], 0.0
    spacing = SLOW
    for i in range(1, len(curve) - 1):
        (ax, ay), (bx, by), (cx, cy) = curve[i - 1], curve[i], curve[i + 1]
        since += math.dist(curve[i - 1], curve[i])
        turn = math.atan2(cy - by, cx - bx) - math.atan2(by - ay, bx - ax)
        turn = abs((turn + math.pi) % (2 * math.pi) - math.pi)
        bend = min(1.0, turn / 0.06)
        from_end = min(1.0, min(i, len(curve) - 1 - i) / 20)
        spacing = (SLOW + (FAST - SLOW) * (1 - bend) * from_end) * rng.uniform(0.8, 1.2)
        if since >= spacing or turn > 0.5:
            kept.append(curve[i])
            since = 0.0
    return [*kept, curve[-1]]


def drawn(stroke, rng):
    curve = []
    for piece in stroke:
        curve += catmull_rom(piece)[1 if curve else 0:]
    points = sampled(wobbled(curve, rng), rng)
    return [[round(round(v / RASTER) * RASTER, 4) for v in point] for point in points]


def main():
    rng = random.Random(20261123)
    drawings = [
        {"label": label, "strokes": [drawn(stroke, rng) for stroke in untidy(strokes, rng)]}
        for label, styles in DIGITS.items()
        for strokes in styles
    ]
    lines = ",\n".join(json.dumps(drawing, separators=(",", ":")) for drawing in drawings)
    pathlib.Path(__file__).with_name("digits.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
