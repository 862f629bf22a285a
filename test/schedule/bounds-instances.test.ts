import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readInstance } from '../../src/read-instance.ts';
import { BOUND_NAMES, BOUNDS } from '../../src/schedule/bounds/lower-bound.ts';
import { projectInput, projectLowerBound } from '../../src/schedule/bounds/project-bound.ts';
import type { Project } from '../../src/schedule/project.ts';

/** Standard instances with best known makespans; absent outside the workshop. */
const DATA = new URL('../../../shared/data/scheduling/', import.meta.url);
const HAS_DATA = existsSync(DATA);
if (!HAS_DATA) console.warn('skipped: ../shared/data/scheduling with the PSPLIB sets is not here');

/** One in so many instances of each set is looked at. */
const SETS = { j30: 3, j60: 12, j90: 24, 'mm-j20': 8 } as const;
/** One in so many of these is asked from each bound by itself. */
const EACH = 5;

const folder = mkdtempSync(join(tmpdir(), 'debplan-psplib-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Known {
  readonly file: string;
  readonly project: Project;
  /** Proven. */
  readonly optimum: number;
}

function knownOptima(set: keyof typeof SETS): readonly Known[] {
  execFileSync('tar', ['-xJf', new URL(`${set}.tar.xz`, DATA).pathname, '-C', folder]);
  const paths = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => [
      /[^/]+$/.exec(path)?.[0],
      path,
    ]),
  );
  const rows = readFileSync(new URL('bounds.tsv', DATA), 'utf8').trim().split('\n').slice(1);
  return rows.flatMap((row, index) => {
    const [of, name = '', , , lower, upper] = row.split('\t');
    if (of !== set || lower !== upper || index % SETS[set] !== 0) return [];
    const file = `${name}.${set.startsWith('mm') ? 'mm' : 'sm'}`;
    const text = readFileSync(join(folder, paths.get(file) ?? file), 'utf8');
    const project = readInstance(text, file, (diagnostic) => expect.fail(diagnostic.message));
    return project === undefined ? [] : [{ file, project, optimum: Number(upper) }];
  });
}

describe.skipIf(!HAS_DATA)('projectLowerBound', () => {
  it.each([
    ['j30', 150, 100],
    ['j60', 35, 25],
    ['j90', 15, 12],
    ['mm-j20', 60, 25],
  ] as const)(
    'is never above a proven optimum of %s, and often equal',
    (set, least, leastEqual) => {
      const known = knownOptima(set);
      expect(known.length).toBeGreaterThan(least);
      let equalCount = 0;
      for (const [index, { file, project, optimum }] of known.entries()) {
        // Looks as far as one beyond the optimum: a wrong bound would get there.
        const { lowerBoundMs } = projectLowerBound(project, optimum + 1);
        expect(lowerBoundMs, file).toBeLessThanOrEqual(optimum);
        if (lowerBoundMs === optimum) equalCount++;
        if (index % EACH !== 0) continue;
        const input = projectInput(project);
        const chain = BOUNDS['critical-path'](input, { lowerMs: 0, upperMs: Infinity })?.lowerBoundMs ?? 0;
        for (const name of BOUND_NAMES) {
          if (name === 'energetic-reasoning') continue;
          const found = BOUNDS[name](input, { lowerMs: chain, upperMs: Infinity });
          expect(found?.lowerBoundMs ?? 0, `${name} of ${file}`).toBeLessThanOrEqual(optimum);
        }
      }
      expect(equalCount).toBeGreaterThan(leastEqual);
    },
    120_000,
  );
});
