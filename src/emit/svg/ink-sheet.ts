/** The colour of some elements, on light and on dark paper. */
export interface Ink {
  /** The class, or another selector after its dot. */
  readonly of: string;
  readonly property: 'fill' | 'stroke' | 'both';
  readonly light: string;
  readonly dark: string;
}

/** A style sheet of all colours: light, or dark where the reader's system is. */
export function inkSheet(inks: readonly Ink[]): string {
  const rules = (mode: 'light' | 'dark'): string => inks.map((ink) => rule(ink, ink[mode])).join('');
  return `${rules('light')}\n@media (prefers-color-scheme:dark){${rules('dark')}}`;
}

function rule({ of, property }: Ink, colour: string): string {
  const set = property === 'both' ? `fill:${colour};stroke:${colour}` : `${property}:${colour}`;
  return `.${of}{${set}}`;
}
