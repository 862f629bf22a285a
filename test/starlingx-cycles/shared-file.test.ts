import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { cyclePlatforms } from '../../src/cycle-platforms.ts';
import { at } from '../../src/base/column.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { seededRandom } from '../../src/base/random.ts';
import { commonOrder } from '../../src/cycles/starlingx/common-order.ts';
import { lintCycleOrders } from '../../src/cycles/starlingx/lint.ts';
import { orderPreferences } from '../../src/cycles/starlingx/order-preferences.ts';
import type { CyclePlatform } from '../../src/cycles/starlingx/platform.ts';
import { simulateCycleOrders } from '../../src/cycles/starlingx/simulate.ts';
import { WRITE_LIMITS, writeCycleOrders } from '../../src/cycles/starlingx/write.ts';
import { formatCycleOrders } from '../../src/emit/cycle-orders.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { parseCycleOrders, type CycleOrder } from '../../src/parse/starlingx/cycle-orders.ts';
import { hasSharedData, readShared } from '../parse/shared-data.ts';

const STARLINGX = fileURLToPath(new URL('../../../shared/data/starlingx/', import.meta.url));

const SUITES = ['trixie', 'bullseye'];
const ARCHITECTURES = ['amd64', 'arm64'];

/** The platforms of both suites, read in one run. */
async function readPlatforms(): Promise<readonly CyclePlatform[]> {
  const inputs = await readInputs({
    paths: SUITES.map((suite) => `${STARLINGX}${suite}.Sources`),
    packages: SUITES.flatMap((suite) =>
      ARCHITECTURES.map((arch) => ({ path: `${STARLINGX}${suite}-${arch}.Packages`, arch: undefined })),
    ),
    apt: false,
    architectures: ARCHITECTURES,
    suite: undefined,
  });
  return cyclePlatforms(inputs, { architectures: ARCHITECTURES, layers: [] }, '');
}

function parse(text: string, diagnostics: Diagnostic[] = []): readonly CycleOrder[] {
  return parseCycleOrders(text, 'circular_dep.conf', (diagnostic) => diagnostics.push(diagnostic));
}

describe.skipIf(!hasSharedData)("StarlingX's cycle-order file (../shared)", () => {
  let platforms: readonly CyclePlatform[] = [];

  beforeAll(async () => {
    platforms = await readPlatforms();
  }, 120_000);

  it('is read for both suites, whose sources stay apart', () => {
    const distro = platforms.filter(({ label }) => label.includes('distro/std'));
    expect(distro.map(({ label }) => label)).toEqual([
      'bullseye distro/std amd64',
      'bullseye distro/std arm64',
      'trixie distro/std amd64',
      'trixie distro/std arm64',
    ]);
    const having = distro.filter(({ names }) => names.includes('python3.9'));
    expect(having.map(({ label }) => label.split(' ')[0])).toEqual(['bullseye', 'bullseye']);
  });

  it('has 61 entries, none of them bad', () => {
    const diagnostics: Diagnostic[] = [];
    expect(parse(readShared('circular_dep.conf'), diagnostics)).toHaveLength(61);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['cycle-names-wide-gap']));
  });

  it('has at least 14 dead entries, a duplicate and three contradictions', () => {
    const findings = lintCycleOrders(parse(readShared('circular_dep.conf')), platforms);
    const linesOf = (code: string): readonly number[] =>
      findings.filter((finding) => finding.code === code).map(({ location }) => location?.line ?? 0);
    const dead = linesOf('cycle-entry-dead');
    expect(dead.length).toBeGreaterThanOrEqual(14);
    // qemu is no source of either suite any more
    expect(dead).toEqual(expect.arrayContaining([48, 51, 149, 158, 161, 167, 176, 179]));
    expect(linesOf('cycle-entry-duplicate')).toEqual([134]);
    expect(linesOf('cycle-orders-contradict')).toEqual([52, 220, 220]);
    expect(linesOf('cycle-unknown-source')).toEqual([48]);
    expect(linesOf('cycle-set-missing')).toEqual([]);
    expect(linesOf('cycle-subsets-missing')).toHaveLength(4);
  });

  it('calls no entry dead that a build of some random subset uses', () => {
    const random = seededRandom(7);
    const entries = parse(readShared('circular_dep.conf'));
    const dead = lintCycleOrders(entries, platforms).filter(({ code }) => code === 'cycle-entry-dead');
    const deadLines = new Set(dead.map(({ location }) => location?.line));
    const used = new Set<number>();
    for (let run = 0; run < 300; run++) {
      const platform = at(platforms, Math.floor(random() * platforms.length));
      const few = entries.flatMap(({ set }) => (random() < 0.3 ? set : []));
      const subset = [...new Set(few)].filter(() => random() < 0.8);
      for (const group of simulateCycleOrders(platform, entries, subset).groups)
        if (group.kind === 'cycle') used.add(at(entries, group.entry).location.line);
    }
    expect([...used].filter((line) => deadLines.has(line))).toEqual([]);
    expect(used.size).toBeGreaterThan(10);
  });

  it('can be written anew: for everything and for any subset, without a finding', () => {
    const entries = parse(readShared('circular_dep.conf'));
    const { lineOf } = orderPreferences(entries);
    const orderOf = commonOrder(platforms, (first, then) => lineOf(first, then) !== undefined);
    const written = writeCycleOrders(platforms, { limits: WRITE_LIMITS, orderOf });
    expect(written.diagnostics).toEqual([]);
    const diagnostics: Diagnostic[] = [];
    const read = parse(formatCycleOrders(written), diagnostics);
    expect(diagnostics).toEqual([]);
    expect(lintCycleOrders(read, platforms)).toEqual([]);
    const random = seededRandom(11);
    let stuckBefore = 0;
    for (const platform of platforms) {
      for (let run = 0; run < 20; run++) {
        const subset = platform.names.filter(() => random() < 0.5);
        expect(simulateCycleOrders(platform, read, subset).stuck).toEqual([]);
        if (simulateCycleOrders(platform, entries, subset).stuck.length > 0) stuckBefore++;
      }
    }
    // half of a platform is enough to stop a build with the file as it is
    expect(stuckBefore).toBeGreaterThan(40);
  });
});
