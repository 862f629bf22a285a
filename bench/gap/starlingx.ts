import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  posePlan,
  readInputs,
  readPlanSettings,
  resolveAnalyseOptions,
  type EstimateOverride,
  type Inputs,
} from '../../src/internal.ts';
import type { GapInstance } from './measure.ts';

const ARCHS = ['amd64', 'arm64'];
const MACHINE = { arch: 'amd64', cpus: 8, memoryBytes: 2 ** 36 };
const GIB = 2 ** 30;
const MINUTE_MS = 60_000;
const REST_MINUTES = 2;

/** Which builds take two minutes: all without a known time, or only those of which not even a size is known. */
export type Rest = 'unknown-times' | 'unknown-sizes';

/** Both architectures of a suite at once, on builders of 4 and 8 slots, without and with half of their memory as RAM disk. */
export async function* starlingxInstances(folder: string, rest: Rest): AsyncGenerator<GapInstance> {
  const options = resolveAnalyseOptions({ arch: ARCHS }, MACHINE);
  for (const suite of ['trixie', 'bullseye']) {
    const inputs = await readSuite(folder, suite);
    const overrides = overridesOf(inputs, readFileSync(join(folder, 'known-builds.tsv'), 'utf8'), rest);
    for (const slots of [4, 8]) {
      for (const memoryGib of [0, 64, 128, 256]) {
        const room = memoryGib === 0 ? 'ram-disk=0' : `ram-disk=${memoryGib / 2}GiB,memory=${memoryGib}GiB`;
        const builder = ARCHS.map((arch) => `arch=${arch},slots=${slots},${room}`);
        const settings = await readPlanSettings({ builder }, options.architectures, MACHINE);
        const posed = posePlan(inputs, { ...options, ...settings, overrides });
        const name = `${suite} ${slots} × ${memoryGib === 0 ? 'disk' : `${memoryGib} GiB`}`;
        yield { name, problem: posed.unitProblem.problem, bound: posed.bound };
      }
    }
  }
}

async function readSuite(folder: string, suite: string): Promise<Inputs> {
  return readInputs({
    paths: [join(folder, `${suite}.Sources`)],
    packages: ARCHS.map((arch) => ({ path: join(folder, `${suite}-${arch}.Packages`), arch: undefined })),
    apt: false,
    architectures: ARCHS,
    suite: undefined,
  });
}

/** What is published, then the packages' own sizes, then two minutes. */
function overridesOf(inputs: Inputs, table: string, rest: Rest): readonly EstimateOverride[] {
  const known = new Map<string, { readonly gib: string; readonly minutes: string }>();
  for (const line of table.trim().split('\n').slice(1)) {
    const [source = '', gib = '', minutes = ''] = line.split('\t');
    known.set(source, { gib, minutes });
  }
  const sizes = new Map(inputs.sources.map(({ name, buildSizeBytes }) => [name, buildSizeBytes]));
  return [...sizes].map(([source, buildSizeBytes]) => {
    const { gib = '', minutes = '' } = known.get(source) ?? {};
    const hasSize = gib !== '' || buildSizeBytes !== undefined;
    const byDefault = rest === 'unknown-sizes' && hasSize ? undefined : REST_MINUTES * MINUTE_MS;
    return {
      source,
      arch: undefined,
      durationMs: minutes === '' ? byDefault : Number(minutes) * MINUTE_MS,
      ramDiskBytes: gib === '' ? undefined : Number(gib) * GIB,
      memoryBytes: undefined,
      parallelFraction: undefined,
    };
  });
}
