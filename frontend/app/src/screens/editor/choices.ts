/** More choices of listings/choices.py. */
export const BRAKES = ["hydraulic_disc", "mechanical_disc", "rim", "drum", "coaster"] as const;
export const INCLUDED = ["lock", "helmet", "lights", "pump", "repair_kit", "basket", "panniers", "child_seat", "phone_holder", "bottle_cage", "mudguards", "rain_cover", "charger"] as const;
export const EXTRA_KINDS = ["helmet", "child_seat", "panniers", "trailer", "delivery", "other"] as const;
export const POLICIES = ["flexible", "moderate", "strict"] as const;
export const LETTERS = ["XS", "S", "M", "L", "XL", "XXL"] as const;
export const SAFETY = ["brakes", "tyres", "chain", "lights"] as const;

/** The API's limits for a picture, so that nobody uploads for minutes to be refused. */
export const PHOTO_BYTES = 15 * 1024 * 1024;
export const MOST_PHOTOS = 12;
