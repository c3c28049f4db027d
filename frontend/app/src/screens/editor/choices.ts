/** More choices of listings/choices.py, and the sizes that go with riders. */
export const BRAKES = ["hydraulic_disc", "mechanical_disc", "rim", "drum", "coaster"] as const;
export const INCLUDED = ["lock", "helmet", "lights", "pump", "repair_kit", "basket", "panniers", "child_seat", "phone_holder", "bottle_cage", "mudguards", "rain_cover", "charger"] as const;
export const EXTRA_KINDS = ["helmet", "child_seat", "panniers", "trailer", "delivery", "other"] as const;
export const POLICIES = ["flexible", "moderate", "strict"] as const;
export const SAFETY = ["brakes", "tyres", "chain", "lights"] as const;

/** Rules of thumb for adults' frames: letter, frame in centimetres (city and trekking), rider in centimetres. */
export const SIZES = [
  { letter: "XS", frame: [44, 47], rider: [150, 160] },
  { letter: "S", frame: [48, 51], rider: [158, 168] },
  { letter: "M", frame: [52, 54], rider: [166, 176] },
  { letter: "L", frame: [55, 57], rider: [174, 184] },
  { letter: "XL", frame: [58, 61], rider: [182, 192] },
  { letter: "XXL", frame: [62, 65], rider: [190, 202] },
] as const;

/** The API's limits for a picture, so that nobody uploads for minutes to be refused. */
export const PHOTO_BYTES = 15 * 1024 * 1024;
export const MOST_PHOTOS = 12;
