"""The long ones: bakfiets, longtail and tandem."""

from dataclasses import replace

from bikeens.demo.drawing import cockpit, frames, geometry, luggage
from bikeens.demo.drawing.build import BLACK, CANVAS, LEATHER, Bike, Build
from bikeens.demo.drawing.frames import curve, tube
from bikeens.demo.drawing.geometry import points
from bikeens.demo.drawing.ink import darker, direction, disc, lines, stroke
from bikeens.demo.drawing.wheels import (
    DARK,
    Drive,
    WheelLook,
    chain,
    chainring,
    far_crank,
    mudguard,
    near_crank,
)


def cargo_bike(b: Build) -> Bike:
    """A bakfiets with its box in front, or a longtail with its bench behind."""
    return _bakfiets(b) if b.dice.chance(0.55) else _longtail(b)


def _bakfiets(b: Build) -> Bike:
    chart = geometry.BAKFIETS
    p = points(chart)
    front = complex(1985, -chart.front)
    steer = direction(180 - 70)
    neck = front + steer * 292 - 30
    chin = neck - steer * 40
    p = replace(p, front=front)
    drive = Drive(ring=70, sprocket=38, motor=b.electric, derailleur=False)
    look = WheelLook(chart.tyre, spokes=32, disc=70)
    b.add(far_crank(p.bb, drive))
    b.wheels(p, chart, look, WheelLook(chart.tyre, spokes=24, disc=70))
    b.add(mudguard(p.rear, chart.rear, 190, 38, BLACK, stay=158), mudguard(front, chart.front, 128, -6, BLACK, stay=12))
    foot = complex(1000, -262)
    low = complex(1530, -250)
    b.add(luggage.centre_stand(complex(1010, -240)))
    b.add(stroke(lines(p.crown, complex(900, -210), front + complex(-70, -20)), "#5d6a64", 11))
    b.add(tube(lines(front, chin), 26, darker(b.colour, 0.15)), disc(front, 18, DARK))
    b.add(cockpit.post(p, BLACK))
    b.add(frames.stays(p, b.colour, top=0.9))
    b.add(tube(curve(p.bb + complex(0, -10), foot, low, neck - steer * 24), 52, b.colour))
    b.add(
        tube(
            curve(
                p.on_seat_tube(0.5),
                p.on_seat_tube(0.5) + complex(120, 60),
                p.crown + complex(-120, 130),
                p.on_head_tube(0.3),
            ),
            40,
            b.colour,
        )
    )
    b.add(tube(lines(p.crown, complex(915, -268)), 34, b.colour))
    b.add(tube(lines(p.bb, p.seat), 36, b.colour), disc(p.bb, 32, b.colour))
    b.add(tube(lines(p.head, p.crown), 44, b.colour), tube(lines(neck + steer * 30, chin), 48, b.colour))
    if b.electric:
        b.add(stroke(lines(p.on_seat_tube(0.26) - 62, p.on_seat_tube(0.86) - 62), "#2b3733", 72))
        b.add(stroke(lines(p.on_seat_tube(0.74) - 74, p.on_seat_tube(0.84) - 74), "#7fd3b5", 9))
    b.add(luggage.cargo_box(900, -700, -292, 800, b.colour, b.dice))
    b.add(luggage.lamp(complex(1712, -640), lit=b.lit))
    b.add(
        chain(p.rear, p.bb, drive),
        near_crank(p.bb, drive),
        cockpit.saddle(p.saddle, "comfort", b.dice.pick((BLACK, LEATHER))),
    )
    arm, clamp = cockpit.stem(p, 150, 20)
    b.add(arm, cockpit.swept_bar(clamp, BLACK))
    if b.electric:
        b.add(luggage.display(clamp + complex(10, -60)))
    return b.finish(p, chart, height=1150)


def _longtail(b: Build) -> Bike:
    chart = geometry.LONGTAIL
    p = points(chart)
    drive = Drive(ring=72, sprocket=38, motor=b.electric)
    bag = b.dice.pick(CANVAS)
    cushion = b.dice.pick(("#e0a13c", "#c8563b", "#3d6f86", "#5b6a63"))
    b.add(far_crank(p.bb, drive))
    b.wheels(p, chart, WheelLook(chart.tyre, spokes=28, disc=82, rim="#39443f"))
    b.add(luggage.centre_stand(p.bb + complex(-90, 20)))
    back, fore = complex(-330, -590), complex(390, -598)
    b.add(
        mudguard(p.rear, chart.rear, 170, 30, BLACK, stay=150), mudguard(p.front, chart.front, 128, 4, BLACK, stay=20)
    )
    b.add(stroke(lines(p.rear, back + 90) + lines(p.rear, complex(250, -594)), b.colour, 24))
    b.add(frames.suspension_fork(p, DARK), cockpit.post(p, BLACK, 30))
    b.add(tube(lines(back, fore, p.on_seat_tube(0.66)), 30, darker(b.colour, 0.1)))
    b.add(frames.wave(p, b.colour), chain(p.rear, p.bb, drive))
    b.add(luggage.side_bag(complex(-240, -570), 520, bag), luggage.bench(back, complex(360, -598), cushion))
    if b.electric:
        b.add(luggage.tube_battery(p.bb + complex(120, -90), p.on_head_tube(0.2)))
    b.add(near_crank(p.bb, drive), cockpit.saddle(p.saddle, "comfort", BLACK))
    arm, clamp = cockpit.stem(p, 110, 30)
    b.add(
        cockpit.cable(clamp + complex(20, -60), p),
        luggage.lamp(p.on_head_tube(0.75) + 40, lit=b.lit),
        arm,
        cockpit.swept_bar(clamp, BLACK, colour=DARK),
    )
    if b.electric:
        b.add(luggage.display(clamp + complex(10, -60)))
    return b.finish(p, chart, left=-130, height=1170)


def tandem_bike(b: Build) -> Bike:
    """Two saddles, two bars, two cranks in step."""
    chart = geometry.TANDEM
    stoker = points(chart)
    p = stoker.shifted(690)
    grip = b.dice.pick((BLACK, LEATHER))
    drive = Drive(ring=80, sprocket=36)
    b.add(far_crank(stoker.bb, drive), far_crank(p.bb, drive))
    hub = 66 if b.electric else 22
    b.wheels(
        p,
        chart,
        WheelLook(chart.tyre, wall=b.dice.pick(("#26302d", "#c79a63")), spokes=36, hub=22),
        WheelLook(chart.tyre, spokes=36, hub=hub) if b.electric else None,
    )
    deck, _, _ = luggage.rack(stoker, chart.rear)
    b.add(
        mudguard(p.rear, chart.rear, 186, 40, BLACK, stay=158),
        deck,
        mudguard(p.front, chart.front, 130, 6, BLACK, stay=24),
    )
    b.add(frames.rigid_fork(p, b.colour, width=28), cockpit.post(p, BLACK, 29), cockpit.post(stoker, BLACK, 29))
    shade = darker(b.colour, 0.12)
    b.add(frames.stays(stoker, b.colour, top=0.92))
    b.add(tube(lines(stoker.bb, p.bb), 40, shade))
    b.add(tube(lines(stoker.on_seat_tube(0.08), p.on_head_tube(0.5)), 26, shade))
    b.add(tube(lines(p.bb, p.on_head_tube(0.2)), 40, b.colour))
    b.add(tube(lines(stoker.on_seat_tube(0.93), p.on_head_tube(0.84)), 36, b.colour))
    for place in (stoker, p):
        b.add(
            tube(lines(place.bb, place.seat), 32, b.colour),
            stroke(lines(place.on_seat_tube(0.985), place.seat), DARK, 40),
            disc(place.bb, 31, b.colour),
        )
    b.add(tube(lines(p.head, p.crown), 44, b.colour))
    if b.electric:
        b.add(luggage.tube_battery(p.bb, p.on_head_tube(0.22)))
    timing = "".join(lines(stoker.bb + complex(0, side * 62), p.bb + complex(0, side * 62)) for side in (-1, 1))
    b.add(stroke(timing, "#39453f", 8), chain(stoker.rear, stoker.bb, drive), chainring(p.bb, Drive(ring=64)))
    b.add(near_crank(stoker.bb, drive), near_crank(p.bb, drive))
    b.add(cockpit.saddle(stoker.saddle, "comfort", grip), cockpit.saddle(p.saddle, "comfort", grip))
    held, root = p.saddle + complex(26, 150), p.saddle + complex(-112, 136)
    b.add(stroke(lines(held, root), DARK, 24), cockpit.flat_bar(root, grip, rise=26))
    arm, clamp = cockpit.stem(p, 40, 70)
    b.add(
        cockpit.cable(clamp + 10, p),
        luggage.lamp(p.crown + complex(38, -40), lit=b.lit),
        arm,
        cockpit.flat_bar(clamp, grip, rise=34),
    )
    if b.electric:
        b.add(luggage.display(clamp))
    return b.finish(p, chart, height=1050)
