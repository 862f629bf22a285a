import { describe, expect, it } from 'vitest';
import { formatExplanation } from '../../src/emit/explain-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import type { ExplainDocument, SeenBuild, UnitExplanation } from '../../src/explain/explain-document.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

function seen(fields: Partial<SeenBuild>): SeenBuild {
  const startedAt = '2026-11-20T10:00:00Z';
  const plain = { arch: 'amd64', builder: 'x86-1', startedAt, outcome: 'built', weight: 0.5 } as const;
  return { version: '2.10-2', took: 310_000, here: 300_000, ...plain, ...fields };
}

const unit: UnitExplanation = {
  unit: 'hello_2.10-3/amd64',
  source: 'hello',
  version: '2.10-3',
  arch: 'amd64',
  duration: {
    medianMs: 300_000,
    upperMs: 360_000,
    by: 'history',
    overrideMs: null,
    on: [],
    prior: { median: 260_000, upper: 900_000 },
    ownShare: 0.8,
    builds: [
      seen({ weight: 0.7 }),
      seen({ version: '2.10-1', arch: 'arm64', builder: null, startedAt: null, here: 310_000, weight: 0.3 }),
    ],
  },
  ramDisk: {
    reservedBytes: 800 * MIB,
    medianBytes: 700 * MIB,
    upperBytes: 800 * MIB,
    by: 'prior',
    overrideBytes: null,
    parts: {
      baseBytes: 440 * MIB,
      listsBytes: 120 * MIB,
      dependsBytes: 80 * MIB,
      downloadsBytes: MIB,
      treeBytes: 59 * MIB,
      peakBytes: 0,
      reserveBytes: 100 * MIB,
    },
    tree: { prior: { median: 59 * MIB, upper: 150 * MIB }, ownShare: 0, builds: [] },
  },
  depends: {
    packages: 12,
    installedBytes: 77 * MIB,
    unknownSizes: 1,
    largest: [
      { package: 'gettext', version: '0.21', installedBytes: 9 * MIB },
      { package: 'help2man', version: null, installedBytes: 2 * MIB },
    ],
  },
  declared: { bytes: 2 * GIB, verdict: 'counts', refutedBy: null },
  memory: { bytes: 115 * MIB, by: 'prior' },
  parallelFraction: 0.8,
  features: {
    knows: 'all',
    upstreamBytes: 700 * 1024,
    compression: 'gz',
    anyBinaries: 1,
    allBinaries: 2,
    installedAnyBytes: 300 * 1024,
    installedAllBytes: null,
    buildDepends: 3,
    toolchains: ['autotools', 'gtk'],
    runsTests: false,
  },
};

function format(fields: Partial<UnitExplanation>, document: Partial<ExplainDocument> = {}): string {
  const units = [{ ...unit, ...fields }];
  return formatExplanation(
    {
      schema: 'debplan/explain@1',
      ramQuantile: 0.9,
      ramHolds: 'chroot',
      makeJobs: 4,
      records: 9,
      units,
      ...document,
    },
    plainStyle,
  );
}

describe('formatExplanation', () => {
  it('says in words what the figures rest on', () => {
    expect(format({})).toMatchInlineSnapshot(`
      "hello_2.10-3/amd64
        takes 5m 00s, 90 % within 6m 00s with 4 make jobs: by builds of the same source
          2.10-2/amd64  on x86-1  2026-11-20  5m 10s  here 5m 00s  weighs 70 %
          2.10-1/arm64                        5m 10s               weighs 30 %
          prior: time 4m 20s, 90 % within 15m 00s; builds and prior blended 80:20
        takes 800 MiB of the RAM disk, half of the builds need 700 MiB: by the features of the source
          440 MiB  base chroot
          120 MiB  apt's lists
           80 MiB  build dependencies
              12 packages: gettext 9 MiB, help2man 2 MiB, …; of 1 the size is unknown
            1 MiB  downloads
           59 MiB  source, build tree, packages
          100 MiB  reserve, so that 90 % fit
          prior: build tree 59 MiB, 90 % within 150 MiB
        Build-Size: 2 GiB, taken for what nine of ten builds stay within
        memory: 115 MiB, by the features of the source; 80 % of the work is shared by make jobs
        features: 700 KiB of tarballs (gz), 1 binary of 300 KiB, 2 for all, 3 build dependencies,
          autotools gtk, no tests
      "
    `);
  });

  it('tells what it takes on the builders that were named', () => {
    const on = [
      { builder: 'fast', speed: 2, makeJobs: 1, ramMs: 270_000, diskMs: 364_500 },
      { builder: 'x', speed: 1, makeJobs: 4, ramMs: null, diskMs: null },
    ];
    const text = format({ duration: { ...unit.duration, on } });
    expect(text).toContain(
      '    on fast  speed 2   1 make job                  4m 30s in RAM  6m 05s on disk\n',
    );
    expect(text).toContain("    on x     speed 1  4 make jobs  doesn't fit into its RAM disk");
  });

  it('says how Build-Size or a size of --estimates moves the time', () => {
    const duration = { ...unit.duration, ownShare: 0, builds: [] };
    expect(format({ duration: { ...duration, by: 'declared' } })).toContain(
      'prior: time 4m 20s, 90 % within 15m 00s; for builds as large as Build-Size tells 5m 00s\n',
    );
    expect(format({ duration: { ...duration, by: 'prior' } })).toContain(
      '; for builds of the size that --estimates tells 5m 00s\n',
    );
    expect(format({ duration: { ...duration, medianMs: 260_000 } })).not.toContain('for builds');
  });

  it('says what refutes a declared size, and what nobody knows', () => {
    const refutedBy = { version: '2.10-2', arch: 'amd64', startedAt: null, bytes: 3 * GIB };
    const declared = { bytes: 2 * GIB, verdict: 'too-small' as const, refutedBy };
    const text = format({ declared, memory: null, depends: null });
    expect(text).toContain('Build-Size: 2 GiB is too small and does not count: 2.10-2/amd64 took 3 GiB');
    expect(text).toContain('memory: unknown; 80 %');
    expect(text).toContain('nobody tells their sizes: what is usual');
    expect(format({ declared: { ...declared, verdict: 'stale' } })).toContain(
      'Build-Size: 2 GiB is stale and does not count: the largest build, 2.10-2/amd64 took 3 GiB',
    );
    expect(format({ declared: null })).toContain('Build-Size: none is declared');
  });

  it('lists five builds at most, and failed ones as what they took at least', () => {
    const builds = Array.from({ length: 7 }, () => seen({ outcome: 'failed', weight: 0.1 }));
    const text = format({ duration: { ...unit.duration, builds } });
    expect(text.match(/failed: at least 5m 10s {2}here 5m 00s {2}weighs 10 %/g)).toHaveLength(5);
    expect(text).toContain('and 2 older builds');
  });
});
