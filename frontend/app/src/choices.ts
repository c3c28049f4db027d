/** The choices of listings/choices.py, in the order they are shown. */
export const CATEGORIES = ["city", "trekking", "road", "gravel", "mountain", "folding", "cargo", "kids", "tandem", "other"] as const;
export const EXTRAS = ["helmet", "child_seat", "panniers", "trailer", "delivery"] as const;
