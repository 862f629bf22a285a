/** Text as XML holds it; control characters and others that XML can't hold become blanks. */
export function escapeXml(text: string): string {
  return Array.from(text, (letter) => ENTITIES.get(letter) ?? (FORBIDDEN.test(letter) ? ' ' : letter)).join(
    '',
  );
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** One letter: control characters, half of a surrogate pair, and the two that are no characters. */
const FORBIDDEN = /^[\p{Cc}\p{Cs}\uFFFE\uFFFF]$/u;

/** A coordinate: tenths of a pixel are finer than anybody sees. */
export function pixels(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** @param attributes of the text element, such as `text-anchor="end"` */
export function svgText(x: number, y: number, text: string, attributes = ''): string {
  const more = attributes === '' ? '' : ` ${attributes}`;
  return `<text x="${pixels(x)}" y="${pixels(y)}"${more}>${escapeXml(text)}</text>`;
}
