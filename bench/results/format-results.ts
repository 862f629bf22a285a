import type { Comparison } from './compare-results.ts';
import type { CaseResult, ProgramResult } from './results-schema.ts';

const NAME_WIDTH = 62;

/** One line of the table of cases: name, median, its scatter, runs. */
export function formatCase(own: CaseResult): string {
  const name = own.peer === undefined ? own.case : `${own.case}, ${own.peer}`;
  const range = `(${formatMs(own.minMs)} … ${formatMs(own.maxMs)})`;
  return `  ${name.padEnd(NAME_WIDTH)} ${formatMs(own.medianMs).padStart(10)} ms  ${range}, ${own.samples} runs`;
}

/** One line of the table of programs: CPU, wall, peak. */
export function formatProgram(own: ProgramResult): string {
  const figures = [
    `${own.cpuS.toFixed(2)} s CPU`.padStart(12),
    `${own.wallS.toFixed(2)} s`.padStart(9),
    (own.peakMib === undefined ? '' : `${own.peakMib.toFixed(0)} MiB`).padStart(9),
  ];
  const from = own.from === undefined ? '' : `  (${own.from})`;
  return `  ${own.program.padEnd(NAME_WIDTH)} ${figures.join(' ')}${from}`;
}

/** One line of a comparison: the ratio with what it may be off by, and what that means. */
export function formatComparison(own: Comparison): string {
  const name = `${own.suite}, ${own.size}: ${own.case}${own.peer === undefined ? '' : `, ${own.peer}`}`;
  const times = `${formatMs(own.baseMs)} → ${formatMs(own.nowMs)} ms${own.what === 'cpu' ? ' CPU' : ''}`;
  const ratio = `${own.ratio.toFixed(2)} ± ${((own.spread - 1) * 100).toFixed(0)} %`;
  const verdict = own.verdict === 'same' ? '' : `  ${own.verdict}`;
  return `  ${name.padEnd(NAME_WIDTH + 14)} ${times.padStart(22)}  ${ratio}${verdict}`;
}

/** Three digits, or more where there are more before the point. */
export function formatMs(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(3);
}
