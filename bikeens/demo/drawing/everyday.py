"""City, trekking, folding, children's bicycles and cruisers."""

from bikeens.demo.drawing import cockpit, frames, geometry, luggage
from bikeens.demo.drawing.build import BLACK, CANVAS, LEATHER, TAN, Bike, Build
from bikeens.demo.drawing.geometry import Points, points
from bikeens.demo.drawing.ink import at, disc, el, group, lines, stroke
from bikeens.demo.drawing.wheels import DARK, RUBBER, Drive, WheelLook, chain, far_crank, mudguard, near_crank


def city_bike(b: Build) -> Bike:
    """A Dutch step-through with its basket."""
    chart = geometry.CITY
    p = points(chart)
    grip = b.dice.pick((LEATHER, BLACK, "#a8713f"))
    drive = Drive(ring=82, sprocket=34, derailleur=False)
    b.add(far_crank(p.bb, drive))
    wall = b.dice.pick((RUBBER, "#efe3cb", RUBBER))
    look = WheelLook(chart.tyre, wall=wall, spokes=32)
    b.wheels(p, chart, look, WheelLook(chart.tyre, wall=wall, spokes=32, hub=58) if b.electric else None)
    b.add(luggage.kickstand(p.bb + complex(-60, 10), length=250))
    bar, back, front = luggage.rack(p, chart.rear)
    b.add(mudguard(p.rear, chart.rear, 196, 32, b.colour, stay=160), bar)
    if b.electric:
        b.add(luggage.rack_battery(back, front))
    b.add(mudguard(p.front, chart.front, 136, -8, b.colour, stay=10))
    b.add(frames.rigid_fork(p, b.colour), cockpit.post(p), frames.swan(p, b.colour))
    b.add(_chain_case(p, drive))
    b.add(near_crank(p.bb, drive), cockpit.saddle(p.saddle, "sprung", grip))
    quill, clamp = cockpit.stem(p, 96, 16, cockpit.ALLOY)
    b.add(cockpit.cable(clamp + complex(20, -70), p), quill)
    b.add(luggage.lamp(p.on_head_tube(0.55) + 40, lit=b.lit))
    if b.dice.chance(0.78):
        b.add(stroke(lines(p.front + 0j, complex(p.front.real + 30, p.front.imag - chart.front - 62)), "#8b9791", 7))
        b.add(luggage.wicker_basket(complex(p.head.real + 60, p.front.imag - chart.front - 300), b.dice))
    b.add(cockpit.swept_bar(clamp, grip))
    if b.electric:
        b.add(luggage.display(clamp + complex(10, -60)))
    return b.finish(p, chart, left=-20, height=1110)


def _chain_case(p: Points, drive: Drive) -> str:
    """A closed case from the chainring to the rear axle."""
    a, c = p.rear, p.bb
    case = (
        f"M{at(c + complex(0, -drive.ring - 16))}L{at(a + complex(-10, -58))}"
        f"q-52 6 -52 58t52 58L{at(c + complex(0, drive.ring + 16))}"
    )
    case += f"a{drive.ring + 16:.0f} {drive.ring + 16:.0f} 0 0 0 0 {-2 * (drive.ring + 16):.0f}z"
    shine = lines(c + complex(0, -drive.ring), a + complex(0, -42))
    return (
        el("path", d=case, fill="#2b3733")
        + stroke(shine, "#fff", 6, opacity=0.22)
        + disc(a, 20, "#76837d")
        + disc(a, 8, "#e3e7e4")
    )


def trekking_bike(b: Build) -> Bike:
    """A tourer with panniers."""
    chart = geometry.TREKKING
    p = points(chart)
    low = b.dice.chance(0.4)
    drive = Drive(motor=b.electric, ring=70 if b.electric else 84)
    bag = b.dice.pick(CANVAS)
    b.add(far_crank(p.bb, drive))
    b.wheels(p, chart, WheelLook(chart.tyre, spokes=32, disc=78, rim="#39443f"))
    b.add(luggage.kickstand(p.rear + complex(110, 20), length=200))
    deck, back, _ = luggage.rack(p, chart.rear)
    b.add(
        mudguard(p.rear, chart.rear, 190, 40, BLACK, stay=158),
        deck,
        mudguard(p.front, chart.front, 134, 4, BLACK, stay=22),
    )
    b.add(frames.suspension_fork(p, DARK) if b.electric else frames.carbon_fork(p, b.colour))
    b.add(cockpit.post(p, BLACK))
    if low and b.electric:
        b.add(frames.wave(p, b.colour))
    else:
        b.add(frames.trapeze(p, b.colour) if low else frames.diamond(p, b.colour, slope=0.92))
        if b.electric:
            b.add(luggage.tube_battery(p.bb, p.on_head_tube(0.22)))
        else:
            b.add(luggage.bottle(p, "#d9ded9"))
    b.add(chain(p.rear, p.bb, drive), near_crank(p.bb, drive), luggage.pannier(back + complex(26, 2), bag))
    b.add(cockpit.saddle(p.saddle, "comfort", BLACK))
    arm, clamp = cockpit.stem(p, 40, 74)
    b.add(
        cockpit.cable(clamp + 10, p),
        luggage.lamp(p.crown + complex(38, -40), lit=b.lit),
        arm,
        cockpit.flat_bar(clamp, BLACK, rise=34),
    )
    if b.electric:
        b.add(luggage.display(clamp))
    return b.finish(p, chart, left=-10, height=1060)


def folding_bike(b: Build) -> Bike:
    """A folding bike on small wheels."""
    chart = geometry.FOLDING
    p = points(chart)
    drive = Drive(ring=84, sprocket=32, crank=165)
    b.add(far_crank(p.bb, drive))
    b.wheels(
        p,
        chart,
        WheelLook(chart.tyre, wall=b.dice.pick((RUBBER, TAN)), spokes=24),
        WheelLook(chart.tyre, spokes=24, hub=58) if b.electric else None,
    )
    b.add(
        mudguard(p.rear, chart.rear, 192, 42, BLACK, stay=158), mudguard(p.front, chart.front, 136, 0, BLACK, stay=16)
    )
    b.add(luggage.kickstand(p.rear + complex(90, 10), length=150))
    b.add(frames.rigid_fork(p, b.colour), cockpit.post(p, cockpit.ALLOY, 31))
    b.add(frames.folder(p, b.colour), chain(p.rear, p.bb, drive), near_crank(p.bb, drive))
    b.add(cockpit.saddle(p.saddle, "comfort", b.dice.pick((BLACK, LEATHER))))
    top = p.head + p.steer * 400
    b.add(cockpit.cable(top + complex(20, -20), p, reach=110, end=0.6))
    b.add(
        stroke(lines(p.head, top), cockpit.ALLOY, 32),
        stroke(lines(p.head - p.steer * 8, p.head + p.steer * 34), DARK, 44),
    )
    if b.electric:
        b.add(el("rect", x=p.head.real + 24, y=p.head.imag - 130, width=150, height=210, rx=30, fill="#2b3733"))
        b.add(
            stroke(
                lines(complex(p.head.real + 60, p.head.imag - 90), complex(p.head.real + 130, p.head.imag - 90)),
                "#7fd3b5",
                9,
            )
        )
    elif b.dice.chance(0.5):
        bag = b.dice.pick(CANVAS)
        b.add(el("rect", x=p.head.real + 24, y=p.head.imag - 190, width=210, height=230, rx=30, fill=bag))
        b.add(stroke(f"M{at(complex(p.head.real + 30, p.head.imag - 116))}h198", "#fff", 9, opacity=0.35))
    b.add(luggage.lamp(p.crown + complex(34, -10), lit=b.lit), cockpit.flat_bar(top, BLACK, rise=20))
    return b.finish(p, chart, height=1090)


def kids_bike(b: Build) -> Bike:
    """A child's bike."""
    chart = geometry.KIDS
    p = points(chart)
    drive = Drive(ring=56, sprocket=30, crank=115, derailleur=False, motor=b.electric)
    accent = b.dice.pick(("#f4b63f", "#e56b4a", "#3d8fa0", "#7fb6a4"))
    b.add(luggage.pennant(p.rear, accent) if b.dice.chance(0.6) else "", far_crank(p.bb, drive))
    b.wheels(p, chart, WheelLook(chart.tyre, spokes=20, rim=accent, rim_height=20, knobs=b.dice.chance(0.4)))
    b.add(
        mudguard(p.rear, chart.rear, 176, 44, accent, stay=150),
        mudguard(p.front, chart.front, 120, 20, accent, stay=40),
    )
    b.add(luggage.kickstand(p.rear + complex(80, 10), length=140))
    b.add(
        frames.carbon_fork(p, b.colour),
        cockpit.post(p, cockpit.ALLOY, 28),
        frames.diamond(p, b.colour, width=36, slope=0.72),
    )
    if b.electric:
        b.add(luggage.tube_battery(p.bb, p.on_head_tube(0.22), width=50))
    b.add(chain(p.rear, p.bb, drive), near_crank(p.bb, drive))
    b.add(group(cockpit.saddle(0, "comfort", BLACK), transform=f"translate({at(p.saddle)})scale(.78)"))
    arm, clamp = cockpit.stem(p, 60, 34)
    b.add(
        cockpit.cable(clamp + 8, p, reach=60),
        arm,
        group(cockpit.flat_bar(0, accent, rise=70), transform=f"translate({at(clamp)})scale(.88)"),
    )
    if b.dice.chance(0.5):
        b.add(group(luggage.wicker_basket(0, b.dice), transform=f"translate({at(clamp + complex(30, -6))})scale(.6)"))
    return b.finish(p, chart, left=-20, height=850)


def cruiser_bike(b: Build) -> Bike:
    """A beach cruiser."""
    chart = geometry.CRUISER
    p = points(chart)
    cream = "#f1e6cf"
    drive = Drive(ring=86, sprocket=34, derailleur=False, motor=b.electric, colour="#9aa69f")
    b.add(far_crank(p.bb, drive))
    b.wheels(p, chart, WheelLook(chart.tyre, wall=cream, spokes=36, rim=b.colour, rim_height=20, hub=22))
    b.add(
        mudguard(p.rear, chart.rear, 188, 36, b.colour, stay=156),
        mudguard(p.front, chart.front, 122, 0, b.colour, stay=24),
    )
    b.add(luggage.kickstand(p.bb + complex(-40, 10), length=260))
    if b.electric:
        deck, back, front = luggage.rack(p, chart.rear)
        b.add(deck, luggage.rack_battery(back, front))
    b.add(frames.rigid_fork(p, b.colour, width=28), cockpit.post(p), frames.cruiser(p, b.colour))
    b.add(chain(p.rear, p.bb, drive), near_crank(p.bb, drive), cockpit.saddle(p.saddle, "sprung", LEATHER))
    arm, clamp = cockpit.stem(p, 60, 20, cockpit.ALLOY)
    b.add(cockpit.cable(clamp + complex(50, -60), p), arm)
    if b.dice.chance(0.4):
        b.add(luggage.wire_basket(complex(p.head.real + 70, p.front.imag - chart.front - 250)))
        b.add(stroke(lines(p.front, p.front + complex(0, -chart.front - 70)), DARK, 8))
    b.add(luggage.lamp(p.on_head_tube(0.6) + 34, lit=b.lit), cockpit.high_bar(clamp, LEATHER))
    return b.finish(p, chart, height=1050)
