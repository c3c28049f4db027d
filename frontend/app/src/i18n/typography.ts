/** French typography, so that translators may write plain spaces and apostrophes. English is left alone but for apostrophes. */
const NARROW = "\u202f";
const FIXED = "\u00a0";
const set = new Map<string, string>();

export function typeset(text: string, language: string): string {
  const known = set.get(text);
  if (known !== undefined) return known;
  let out = text.replace(/(\p{L})'/gu, "$1’");
  if (language === "fr") {
    out = out
      .replace(/ ([?!;])/g, `${NARROW}$1`)
      .replace(/ ([:»])/g, `${FIXED}$1`)
      .replace(/« /g, `«${FIXED}`)
      .replace(/(\d) (?=(?:€|%|km|m|cm|h|min|kg|jours?|vélos?)(?![\p{L}\d]))/gu, `$1${FIXED}`);
  }
  if (set.size < 2000) set.set(text, out);
  return out;
}
