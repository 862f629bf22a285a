import { fitExponent, type Growth } from './fit-exponent.ts';

/** What one stage took at one size. */
interface Cost {
  readonly cpuS: number;
  readonly peakMib: number;
  readonly count: number;
}

const WIDTH = 16;

export function formatHead(): string {
  return `${'stage'.padEnd(WIDTH)}${cells(['sources', 'CPU s', 'peak MiB', 'made'])}`;
}

export function formatRow(stage: string, sources: number, cost: Cost | undefined): string {
  const figures =
    cost === undefined ? ['failed'] : [cost.cpuS.toFixed(2), cost.peakMib.toFixed(0), String(cost.count)];
  return `${stage.padEnd(WIDTH)}${cells([String(sources), ...figures])}`;
}

/** The exponents of each stage over all sizes that it ended at: of CPU time, of peak memory, and of how much it made. */
export function formatGrowth(
  sizes: readonly number[],
  costs: ReadonlyMap<string, readonly (Cost | undefined)[]>,
): string {
  const lines = [`${'exponent of'.padEnd(WIDTH)}${cells(['CPU', 'peak', 'made', 'CPU by made'], 18)}`];
  for (const [stage, found] of costs) {
    const points = found.flatMap((cost, place) => (cost === undefined ? [] : [{ size: sizes[place] ?? 0, cost }])); // prettier-ignore
    if (points.length < 2) continue;
    const fit = (x: (point: Point) => number, y: (point: Point) => number): string =>
      formatFit(fitExponent(points.map((point) => [x(point), y(point)])));
    const bySize = (y: (cost: Cost) => number): string => fit(({ size }) => size, ({ cost }) => y(cost)); // prettier-ignore
    const byMade = fit(({ cost }) => cost.count, ({ cost }) => cost.cpuS); // prettier-ignore
    const figures = [bySize((cost) => cost.cpuS), bySize((cost) => cost.peakMib), bySize((cost) => cost.count), byMade]; // prettier-ignore
    lines.push(`${stage.padEnd(WIDTH)}${cells(figures, 18)}`);
  }
  return lines.join('\n');
}

interface Point {
  readonly size: number;
  readonly cost: Cost;
}

function formatFit({ exponent, spread }: Growth): string {
  return spread === undefined ? exponent.toFixed(2) : `${exponent.toFixed(2)} ± ${spread.toFixed(2)}`;
}

function cells(texts: readonly string[], width = 12): string {
  return texts.map((text) => text.padStart(width)).join('');
}
