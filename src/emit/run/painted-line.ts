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

/** A name in so many letters: its beginning and its end are what tells it from others, so its middle goes. */
export function cutName(name: string, width: number): string {
  if (name.length <= width) return name;
  const head = Math.floor((width - 1) / 3);
  return `${name.slice(0, head)}…${name.slice(name.length - (width - 1 - head))}`;
}

function asItIs(text: string): string {
  return text;
}
