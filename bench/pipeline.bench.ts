import type { Bench } from 'tinybench';
import {
  emitSummary,
  makeGraphDocument,
  planBuild,
  plainStyle,
  readInputs,
  resolveAnalyseOptions,
  stableJson,
  type Builder,
} from '../src/internal.ts';

const PLATFORM = 'fixtures/platform';

/** The whole pipe on the embedded example, and its parts. */
export async function pipelineBench(bench: Bench): Promise<void> {
  const request = {
    paths: [`${PLATFORM}/tree`],
    packages: ['amd64', 'arm64'].map((arch) => ({ path: `${PLATFORM}/${arch}.Packages`, arch })),
    apt: false,
    architectures: ['amd64', 'arm64'],
    suite: undefined,
  };
  const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 1024 ** 3 };
  const options = {
    ...resolveAnalyseOptions({ arch: ['amd64', 'arm64'], layers: ['base', 'runtime', 'apps'] }, machine),
    builders: [exampleBuilder('x86', 'amd64'), exampleBuilder('arm', 'arm64')],
    diskFactor: 1.35,
    overrides: [],
  };
  const inputs = await readInputs(request);
  const { plan, analysis } = planBuild(inputs, options);
  bench
    .add('read the platform', async () => {
      await readInputs(request);
    })
    .add('plan the platform', () => {
      planBuild(inputs, options);
    })
    .add('explain every edge', () => {
      makeGraphDocument(analysis.graph);
    })
    .add('write plan and summary', () => {
      stableJson(plan);
      emitSummary(plan, { all: false, style: plainStyle });
    });
}

function exampleBuilder(name: string, arch: string): Builder {
  const ramDiskBytes = 32 * 1024 ** 3;
  return {
    name,
    arch,
    slots: 4,
    ramDiskBytes,
    ramDiskChroots: [],
    memoryBytes: Infinity,
    diskSlots: 4,
    diskFactor: 1.35,
    cores: Infinity,
    makeJobs: [4],
    speed: 1,
  };
}
