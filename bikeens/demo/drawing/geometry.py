"""Bicycle geometry in millimetres, as a frame builder's chart gives it, turned into points.

The rear axle stands above x = 0 and the ground is y = 0; up is negative, the bicycle rides to the right.
"""

import math
from dataclasses import dataclass, replace

from bikeens.demo.drawing.ink import direction


@dataclass(frozen=True, slots=True)
class Chart:
    """One geometry chart: lengths in millimetres, angles in degrees.

    `drop` is how far the bottom bracket lies below the rear axle (negative: above); `saddle` is measured along
    the seat tube from the bottom bracket; `stack` and `reach` go from the bottom bracket to the head tube's top.
    """

    rear: float
    front: float
    tyre: float
    chainstay: float
    drop: float
    seat_angle: float
    seat_tube: float
    saddle: float
    head_angle: float
    stack: float
    reach: float
    head_tube: float
    rake: float


@dataclass(frozen=True, slots=True)
class Points:
    """Where the parts of one bicycle meet."""

    rear: complex
    front: complex
    bb: complex
    seat: complex
    saddle: complex
    head: complex
    crown: complex
    steer: complex
    """Unit vector up the steering axis."""

    def on_seat_tube(self, share: float) -> complex:
        """A point of the seat tube, 0 at the bottom bracket, 1 at its top."""
        return self.bb + (self.seat - self.bb) * share

    def on_head_tube(self, share: float) -> complex:
        """A point of the head tube, 0 at the crown, 1 at its top."""
        return self.crown + (self.head - self.crown) * share

    def shifted(self, by: float) -> "Points":
        """The same bicycle with all but its rear axle further forward (tandems)."""
        return replace(
            self,
            front=self.front + by,
            bb=self.bb + by,
            seat=self.seat + by,
            saddle=self.saddle + by,
            head=self.head + by,
            crown=self.crown + by,
        )


def points(chart: Chart) -> Points:
    """The meeting points; the front axle follows from head angle, rake and the front wheel's radius."""
    rear = complex(0, -chart.rear)
    bb = rear + complex(math.sqrt(chart.chainstay**2 - chart.drop**2), chart.drop)
    back = direction(180 - chart.seat_angle)
    steer = direction(180 - chart.head_angle)
    head = bb + complex(chart.reach, -chart.stack)
    crown = head - steer * chart.head_tube
    lean = math.radians(chart.head_angle)
    fall = (-crown.imag - chart.front + chart.rake * math.cos(lean)) / math.sin(lean)
    front = crown - steer * fall + chart.rake * complex(math.sin(lean), -math.cos(lean))
    return Points(rear, front, bb, bb + back * chart.seat_tube, bb + back * chart.saddle, head, crown, steer)


CITY = Chart(352, 352, 46, 470, 60, 67, 500, 670, 67, 655, 330, 225, 70)
TREKKING = Chart(352, 352, 44, 452, 62, 72, 520, 715, 70.5, 640, 378, 172, 50)
ROAD = Chart(340, 340, 29, 412, 70, 73.5, 500, 730, 73, 565, 385, 148, 45)
GRAVEL = Chart(352, 352, 47, 430, 75, 73.5, 485, 722, 71, 592, 392, 142, 50)
MOUNTAIN = Chart(368, 368, 64, 437, 55, 74, 430, 690, 67, 640, 440, 100, 46)
FOLDING = Chart(252, 252, 46, 405, -34, 71, 255, 690, 72, 372, 455, 118, 30)
KIDS = Chart(245, 245, 48, 345, 5, 71, 285, 425, 69, 385, 272, 102, 35)
CRUISER = Chart(345, 345, 60, 458, 50, 66, 390, 590, 67, 570, 405, 150, 55)
LONGTAIL = Chart(258, 258, 58, 640, -45, 70, 400, 640, 69, 640, 330, 250, 40)
BAKFIETS = Chart(330, 250, 54, 460, 40, 68, 420, 655, 68, 600, 330, 200, 40)
TANDEM = Chart(345, 345, 36, 435, 65, 73, 520, 715, 72.5, 590, 395, 160, 50)
