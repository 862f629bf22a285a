import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { makeGraphDocument } from '../../src/graph/graph-document.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { planBuild } from '../../src/pipeline.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { planOptionsOf } from '../support/planned.ts';
import { optionsOf } from '../support/texts.ts';

const ROOT = fileURLToPath(new URL('../../fixtures/platform/', import.meta.url));
const TREES = readdirSync(`${ROOT}tree`).map((name) => `${ROOT}tree/${name}`);
const INDEXES = ['amd64', 'arm64'].map((arch) => ({ path: `${ROOT}${arch}.Packages`, arch: undefined }));
const OPTIONS = planOptionsOf(
  optionsOf({ architectures: ['amd64', 'arm64'], layers: ['base', 'runtime', 'apps'] }),
);

async function plan(
  paths: readonly string[],
  packages: readonly (typeof INDEXES)[number][],
): Promise<readonly [plan: string, graph: string, diagnostics: string]> {
  const inputs = await readInputs({
    paths,
    packages,
    apt: false,
    architectures: ['amd64', 'arm64'],
    suite: undefined,
  });
  const made = planBuild(inputs, OPTIONS);
  return [
    stableJson(made.plan),
    stableJson(makeGraphDocument(made.analysis.graph)),
    stableJson(made.diagnostics),
  ];
}

describe('the plan of the platform', () => {
  it('has the same bytes in whatever order its trees and indexes are named, and none of the machine’s paths', async () => {
    const expected = await plan(TREES, INDEXES);
    const order = fc.tuple(
      fc.shuffledSubarray(TREES, { minLength: TREES.length }),
      fc.shuffledSubarray(INDEXES, { minLength: INDEXES.length }),
      fc.subarray(TREES),
    );
    await fc.assert(
      fc.asyncProperty(order, async ([trees, indexes, again]) => {
        expect(await plan([...trees, ...again], indexes)).toEqual(expected);
      }),
      { seed: 13, numRuns: 5 },
    );
    const [text] = expected;
    const read = readPlan(text, 'plan.json');
    expect(read.targets.flatMap(({ tasks }) => tasks).length).toBeGreaterThan(100);
    expect(stableJson(read)).toBe(text);
    expect(expected.join('')).not.toContain(ROOT);
  });
});
