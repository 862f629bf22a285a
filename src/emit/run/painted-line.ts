/** A piece of a line, and what paints it: no letter more or less. */
export type Piece = readonly [text: string, paint?: ((text: string) => string) | undefined];

/** Pieces as one line of at most `width` letters; what doesn't fit ends in `…`. */
export function paintLine(pieces: readonly Piece[], width: number): string {
  const isCut = pieces.reduce((sum, [text]) => sum + text.length, 0) > width;
  let left = isCut ? width - 1 : width;
  let line = '';
  for (const [text, paint = asItIs] of pieces) {
    const shown = text.slice(0, left);
    left -= shown.length;
    if (shown !== '') line += paint(shown);
  }
  return isCut ? `${line}…` : line;
}

/** Of a build's id in lines that have no width of their own. */
export const MOST_ID_LETTERS = 80;

/**
 * A build's id in so many letters: layer and build type go first, then the middle, since source and architecture tell it from
 * others.
 */
export function cutName(id: string, width: number): string {
  if (id.length <= width) return id;
  const name = id.split('/').slice(-2).join('/');
  if (name.length < width) return `…${id.slice(id.length - width + 1)}`;
  const tail = Math.floor((width - 1) / 2);
  return `${name.slice(0, width - 1 - tail)}…${name.slice(name.length - tail)}`;
}

function asItIs(text: string): string {
  return text;
}
