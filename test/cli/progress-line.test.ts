import { describe, expect, it } from 'vitest';
import { ProgressLine } from '../../cli/progress-line.ts';
import { stepOf, type Progress } from '../../src/base/progress.ts';

/** A line on a terminal that keeps what is written, and a clock that stands still. */
function watched(): { readonly line: ProgressLine; readonly written: string[]; nowMs: number } {
  const written: string[] = [];
  const state = { written, nowMs: 0 };
  const stream = { write: (text: string) => written.push(text) > 0 };
  const format = ({ doing, done }: Progress): string => `${doing} ${String(done)}`;
  return Object.assign(state, { line: new ProgressLine(stream, format, () => state.nowMs) });
}

const runs = (done: number): Progress => ({ doing: 'simulating', done, total: 10, noun: 'runs' });

describe('the line of progress', () => {
  it('is written anew in its place ten times a second at most', () => {
    const terminal = watched();
    for (let run = 0; run < 1000; run++) {
      terminal.nowMs = run;
      terminal.line.show(runs(run));
    }
    expect(terminal.written).toEqual(
      Array.from({ length: 10 }, (_, tenth) => `\rsimulating ${String(tenth * 100)}\u001b[K`),
    );
  });

  it('shows another step at once', () => {
    const { line, written } = watched();
    line.show(stepOf('reading'));
    line.show(stepOf('scheduling'));
    expect(written).toEqual(['\rreading 0\u001b[K', '\rscheduling 0\u001b[K']);
  });

  it('leaves nothing behind, and clears nothing that is not there', () => {
    const { line, written } = watched();
    line.clear();
    expect(written).toEqual([]);
    line.show(stepOf('reading'));
    line.clear();
    line.clear();
    expect(written.slice(1)).toEqual(['\r\u001b[K']);
    line.show(stepOf('reading'));
    expect(written).toHaveLength(3);
  });
});
