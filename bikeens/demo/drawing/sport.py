"""Road, gravel and mountain bicycles."""

from bikeens.demo.drawing import cockpit, frames, geometry, luggage
from bikeens.demo.drawing.build import BLACK, CANVAS, LEATHER, TAN, Bike, Build
from bikeens.demo.drawing.geometry import points
from bikeens.demo.drawing.ink import lines, stroke
from bikeens.demo.drawing.wheels import RUBBER, Drive, WheelLook, chain, far_crank, near_crank


def road_bike(b: Build) -> Bike:
    """A racer."""
    chart = geometry.ROAD
    p = points(chart)
    deep = b.dice.chance(0.5)
    drive = Drive(ring=94, sprocket=32, angle=-20)
    tape = b.dice.pick((BLACK, LEATHER, "#a8713f", BLACK))
    look = WheelLook(chart.tyre, wall=b.dice.pick((RUBBER, TAN)), spokes=20 if deep else 28)
    if deep:
        look = WheelLook(chart.tyre, rim="#343f3b", rim_height=52, spokes=20, wall=look.wall)
    b.add(far_crank(p.bb, drive))
    b.wheels(
        p,
        chart,
        look,
        WheelLook(look.tyre, look.wall, look.rim, look.rim_height, look.spokes, hub=17) if b.electric else None,
    )
    b.add(
        frames.carbon_fork(p, b.colour),
        cockpit.post(p, BLACK),
        frames.diamond(p, b.colour, width=42 if b.electric else 31, slope=0.97),
    )
    if b.electric:
        b.add(stroke(lines(p.bb + (p.head - p.bb) * 0.3, p.bb + (p.head - p.bb) * 0.5), "#7fd3b5", 7))
    else:
        b.add(luggage.bottle(p, "#f2ece0"))
    b.add(chain(p.rear, p.bb, drive), near_crank(p.bb, drive))
    if b.dice.chance(0.5):
        b.add(luggage.saddle_bag(p, BLACK))
    b.add(cockpit.saddle(p.saddle, "sport", tape))
    arm, clamp = cockpit.stem(p, 24, 92)
    b.add(cockpit.cable(clamp + complex(70, -20), p, reach=70), arm, cockpit.drop_bar(clamp, tape))
    return b.finish(p, chart, height=1010)


def gravel_bike(b: Build) -> Bike:
    """A gravel bike, sometimes packed for days."""
    chart = geometry.GRAVEL
    p = points(chart)
    drive = Drive(ring=80, sprocket=46, angle=-20, motor=b.electric)
    bag = b.dice.pick(CANVAS)
    packed = b.dice.chance(0.55)
    b.add(far_crank(p.bb, drive))
    b.wheels(
        p,
        chart,
        WheelLook(
            chart.tyre,
            wall=b.dice.pick((TAN, TAN, RUBBER)),
            rim="#343f3b",
            rim_height=24,
            spokes=28,
            disc=74,
            knobs=True,
        ),
    )
    b.add(frames.carbon_fork(p, b.colour), cockpit.post(p, BLACK), frames.diamond(p, b.colour, width=36, slope=0.9))
    if b.electric:
        b.add(luggage.tube_battery(p.bb, p.on_head_tube(0.22)))
    elif packed:
        b.add(luggage.frame_bag(p, bag))
    else:
        b.add(luggage.bottle(p, "#e9e2d0"))
    b.add(chain(p.rear, p.bb, drive), near_crank(p.bb, drive))
    if packed:
        b.add(luggage.seat_pack(p, bag))
    b.add(cockpit.saddle(p.saddle, "sport", BLACK))
    arm, clamp = cockpit.stem(p, 26, 78)
    b.add(cockpit.cable(clamp + complex(70, -20), p, reach=64))
    if packed:
        b.add(luggage.handlebar_bag(clamp + complex(-30, 8), bag))
    b.add(arm, cockpit.drop_bar(clamp, BLACK))
    return b.finish(p, chart, height=1020)


def mountain_bike(b: Build) -> Bike:
    """A hardtail."""
    chart = geometry.MOUNTAIN
    p = points(chart)
    drive = Drive(ring=64, sprocket=58, motor=b.electric, angle=-14)
    b.add(far_crank(p.bb, drive))
    b.wheels(
        p, chart, WheelLook(chart.tyre, rim="#39443f", rim_height=26, spokes=28, disc=86, knobs=True, spoke="#75817b")
    )
    b.add(frames.suspension_fork(p, b.dice.pick((BLACK, b.colour, "#39443f"))), cockpit.post(p, BLACK, 29))
    b.add(frames.diamond(p, b.colour, width=48 if b.electric else 40, slope=0.86))
    if b.electric:
        b.add(luggage.tube_battery(p.bb, p.on_head_tube(0.22)))
    else:
        b.add(luggage.bottle(p, b.dice.pick(("#e56b4a", "#e9e2d0", "#7fb6c9"))))
    b.add(chain(p.rear, p.bb, drive), near_crank(p.bb, drive), cockpit.saddle(p.saddle, "sport", BLACK))
    arm, clamp = cockpit.stem(p, 26, 54)
    b.add(cockpit.cable(clamp + 14, p, reach=80), arm, cockpit.flat_bar(clamp, BLACK, rise=30))
    if b.electric:
        b.add(luggage.display(clamp))
    return b.finish(p, chart, height=1050)
