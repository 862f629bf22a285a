/** The colours of the page's theme, for canvases, which can't read style sheets. */
export interface Ink {
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly grid: string;
  readonly accent: string;
  readonly critical: string;
  readonly need: string;
  readonly waiting: string;
  readonly ram: string;
  readonly slots: string;
  readonly hatch: string;
}

/** Reads the theme as it is now, which makes the browser compute styles: once a change, not once a frame. @param probe any element of the page that holds no text */
export function readInk(probe: HTMLElement): Ink {
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    const { color } = getComputedStyle(probe);
    probe.style.color = '';
    return color;
  };
  return {
    surface: read('surface'),
    text: read('text'),
    muted: read('muted'),
    line: read('border'),
    grid: read('grid'),
    accent: read('accent'),
    critical: read('critical'),
    need: read('need'),
    waiting: read('waiting'),
    ram: read('ram'),
    slots: read('slots'),
    hatch: read('hatch'),
  };
}

/** What texts in canvases are set in. */
export const CANVAS_FONT = '11px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

const hatches = new Map<string, CanvasPattern | null>();

/** Stripes that mark builds on disk, laid over their colour. */
export function hatchOf(context: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const known = hatches.get(colour);
  if (known !== undefined) return known;
  const made = makeHatch(context, colour);
  hatches.set(colour, made);
  return made;
}

function makeHatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const size = 6;
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d');
  if (pen === null) return null;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.6;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat');
}

/** As much of a text as fits, with `…`; empty where not even two letters do. Cut in a few steps, not letter by letter. */
export function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return low < 2 ? '' : `${text.slice(0, low)}…`;
}
