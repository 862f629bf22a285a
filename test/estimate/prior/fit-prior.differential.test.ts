import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldOf } from '../../../bench/fit-prior/cross-validate.ts';
import { errorTable } from '../../../bench/fit-prior/error-table.ts';
import { fitModel } from '../../../bench/fit-prior/fit-prior.ts';
import { readFigures } from '../../../bench/fit-prior/observations.ts';
import type { PriorErrors } from '../../../bench/fit-prior/prior-errors.ts';
import { MEMORY_MODELS } from '../../../src/estimate/prior/coefficients/memory.ts';
import { PROVENANCE } from '../../../src/estimate/prior/coefficients/provenance.ts';
import { TREE_MODELS } from '../../../src/estimate/prior/coefficients/tree.ts';

/** The public figures, which lie beside the project where it is developed; these tests are skipped elsewhere. */
const FIGURES = fileURLToPath(new URL('../../../../shared/data/figures/', import.meta.url));
const OWN = fileURLToPath(new URL('../../../bench/fit-prior/', import.meta.url));

/** A row of the table of errors that was written down: figures out of fold. */
function written(quantity: string, knows: string, figures: string): readonly number[] {
  const line = PROVENANCE.errors.find((text) =>
    new RegExp(`^${quantity} +${knows} +${figures} +\\d`).test(text),
  );
  const [, count, half, ninety, below] = /(\d+) +([\d.]+) +([\d.]+) +(\d+) %$/.exec(line ?? '') ?? [];
  return [count, half, ninety, below].map(Number);
}

describe('the fitted prior', () => {
  it('is within 1.35 of half of all build trees, and within 2.5 of 90 %, out of fold', () => {
    const [count = 0, half, ninety, below = 0] = written('tree', 'all', 'same version');
    expect(count).toBeGreaterThan(400);
    expect(half).toBeLessThanOrEqual(1.35);
    expect(ninety).toBeLessThanOrEqual(2.5);
    expect(below).toBeGreaterThanOrEqual(85);
    expect(below).toBeLessThanOrEqual(95);
  });

  it.each(['debian', 'lfs', 't2', 'slackbuilds', 'spack', 'all'])(
    'is within 1.9 of half of the times, out of fold: %s',
    (figures) => {
      expect(written('work', 'all', figures)[1]).toBeLessThanOrEqual(1.9);
    },
  );

  it('has folds of about one size', () => {
    const folds = Array.from({ length: 1000 }, (_, index) => foldOf(`package${String(index)}`));
    const counts = Array.from({ length: 10 }, (_, fold) => folds.filter((found) => found === fold).length);
    expect(Math.min(...counts)).toBeGreaterThan(60);
  });
});

describe.skipIf(!existsSync(join(FIGURES, 'joined.tsv')))('the script that fits the prior', () => {
  let figures: ReturnType<typeof readFigures>;
  // not here: the body runs where its tests are skipped, too
  beforeAll(() => {
    figures = readFigures(FIGURES, OWN);
  });

  it('reads the files that the coefficients were fitted to', () => {
    expect(figures.files).toEqual(PROVENANCE.files);
  });

  it('finds the coefficients and errors of the build tree again', () => {
    const { model, errors } = fitModel(figures, 'tree', 'all');
    expect(model).toEqual(TREE_MODELS.all);
    expect(tableWithout(errors)).toEqual(tableOf('tree', 'all'));
  });

  it('finds the coefficients of the memory again', () => {
    expect(fitModel(figures, 'memory', 'all').model).toEqual(MEMORY_MODELS.all);
  });
});

/** Lines without their padding, which depends on all rows. */
function tableWithout(errors: readonly PriorErrors[]): readonly string[] {
  return errorTable(errors).slice(1).map(squeezed);
}

function tableOf(quantity: string, knows: string): readonly string[] {
  return PROVENANCE.errors.map(squeezed).filter((line) => line.startsWith(`${quantity} ${knows} `));
}

function squeezed(line: string): string {
  return line.replaceAll(/ +/g, ' ');
}
