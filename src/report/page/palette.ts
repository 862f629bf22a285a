/** A colour in which builds of one kind are drawn, and the one in which text on it is read. */
export interface Paint {
  readonly fill: string;
  readonly text: string;
}

/**
 * Told apart by people with any of the usual colour blindnesses: they differ in lightness as well as in hue (after Okabe and
 * Ito, and Tol). Red is kept for the critical chain.
 */
const FILLS = [
  '#4a7ebb',
  '#e5a93a',
  '#35a08c',
  '#8f71c2',
  '#8cc5ea',
  '#a4673f',
  '#9aa536',
  '#6d7886',
  '#d99bc3',
  '#2b5577',
] as const;

/** The paint of a kind by its place in its dimension; more kinds than colours begin again. */
export function paintOf(index: number): Paint {
  const fill = FILLS[index % FILLS.length] ?? FILLS[0];
  return { fill, text: textOn(fill) };
}

/** Black or white, whichever is easier to read. @param fill `#rrggbb` */
export function textOn(fill: string): '#000000' | '#ffffff' {
  return contrast(fill, '#000000') >= contrast(fill, '#ffffff') ? '#000000' : '#ffffff';
}

/** How far two colours are apart, 1 .. 21. @see https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
