import { describe, expect, it } from 'vitest';
import { cyclePlatforms } from '../../src/cycle-platforms.ts';
import { at } from '../../src/base/column.ts';
import { edgesFrom, edgesTo } from '../../src/base/csr.ts';
import type { CyclePlatform } from '../../src/cycles/starlingx/platform.ts';
import { simulateCycleOrders } from '../../src/cycles/starlingx/simulate.ts';
import { binary, control, readTexts, source, type Texts } from '../support/texts.ts';
import { entriesOf } from './platforms.ts';

function platformsOf(texts: Texts, architectures: readonly string[] = ['amd64']): readonly CyclePlatform[] {
  return cyclePlatforms(readTexts(texts), { architectures, layers: [] }, 'suite');
}

/** Each platform as its label and lines `a → b hard 4`. */
function lines(platforms: readonly CyclePlatform[]): readonly string[] {
  return platforms.flatMap(({ label, names, needs, isHard, harm }) => [
    `${label}: ${names.join(' ')}`,
    ...names.flatMap((name, from) => {
      const edges: string[] = [];
      for (let edge = edgesFrom(needs, from); edge < edgesTo(needs, from); edge++) {
        const strength = isHard[edge] === 1 ? 'hard' : 'soft';
        edges.push(`${name} → ${at(names, at(needs.target, edge))} ${strength} ${at(harm, edge)}`);
      }
      return edges;
    }),
  ]);
}

const RING: Texts = {
  sources: [
    source('systemd', { Binary: 'libudev1, udev', 'Build-Depends': 'libcryptsetup-dev' }),
    source('lvm2', { Binary: 'libdevmapper', 'Build-Depends': 'udev | missing' }),
  ],
  packages: {
    amd64: [
      binary('libudev1', { Source: 'systemd' }),
      binary('udev', { Source: 'systemd' }),
      binary('libdevmapper', { Source: 'lvm2', Depends: 'libudev1' }),
      binary('libcryptsetup-dev', { Depends: 'libdevmapper' }),
    ],
  },
};

describe('cyclePlatforms', () => {
  it('has the waits of install sets by source name, self-needs among them', () => {
    const platforms = platformsOf(RING);
    expect(lines(platforms)).toEqual([
      'suite amd64: lvm2 systemd',
      'lvm2 → systemd soft 4',
      'systemd → lvm2 soft 1',
      'systemd → systemd soft 1',
    ]);
    expect(simulateCycleOrders(at(platforms, 0), entriesOf('lvm2 systemd = systemd lvm2')).stuck).toEqual([]);
    expect(simulateCycleOrders(at(platforms, 0), [], ['systemd']).stuck).toEqual(['systemd']);
    expect(simulateCycleOrders(at(platforms, 0), [], ['lvm2']).stuck).toEqual([]);
  });

  it('explains a wait by the shortest chain, as the comments of the file do', () => {
    const [platform] = platformsOf(RING);
    expect(platform?.explain(1, 0)).toBe('systemd(s) -b> libcryptsetup-dev -r> libdevmapper(lvm2)');
    expect(platform?.explain(1, 1)).toBe(
      'systemd(s) -b> libcryptsetup-dev -r> libdevmapper -r> libudev1(systemd)',
    );
    expect(platform?.explain(0, 0)).toBeUndefined();
  });

  it('takes each layer, build type and architecture by itself', () => {
    const place = (layer: string, buildType = 'std'): { layer: string; buildType: string } => ({
      layer,
      buildType,
    });
    const texts: Texts = {
      controls: [
        control('a', { liba: {} }, { 'Build-Depends': 'libb' }, place('distro')),
        control('b', { libb: {} }, { 'Build-Depends': 'liba' }, place('distro')),
        control('b-rt', { 'libb-rt': {} }, { 'Build-Depends': 'liba' }, place('distro', 'rt')),
        control('c', { libc: {} }, { 'Build-Depends': 'liba, libd' }, place('flock')),
        control('d', { libd: {} }, {}, place('flock')),
      ],
    };
    expect(lines(platformsOf(texts, ['amd64', 'arm64']))).toEqual(
      ['amd64', 'arm64'].flatMap((arch) => [
        `suite distro/rt ${arch}: b-rt`,
        `suite distro/std ${arch}: a b`,
        'a → b hard 4',
        'b → a hard 4',
        `suite flock/std ${arch}: c d`,
        'c → d hard 4',
      ]),
    );
  });

  it('has what is built once in the platform of every architecture', () => {
    const texts: Texts = {
      controls: [
        control('a', { liba: {} }, { 'Build-Depends': 'b-data' }),
        control('b', { 'b-data': { Architecture: 'all' } }, { 'Build-Depends': 'liba' }),
      ],
    };
    const platforms = platformsOf(texts, ['amd64', 'arm64']);
    expect(lines(platforms)).toEqual([
      'suite amd64: a b',
      'a → b hard 4',
      'b → a hard 4',
      'suite arm64: a b',
      'a → b hard 4',
      'b → a hard 4',
    ]);
  });

  it('says of which sources nothing is known', () => {
    const texts: Texts = { sources: ['Package: a\nVersion: 1\nArchitecture: any\n', source('b')] };
    expect(platformsOf(texts).map(({ names, isKnown }) => [names, [...isKnown]])).toEqual([
      [
        ['a', 'b'],
        [0, 1],
      ],
    ]);
  });

  it("has StarlingX's waits, and judges them by Debian's reading", () => {
    const texts: Texts = {
      controls: [
        control('a', { liba: {} }, { 'Build-Depends': 'existing | libb' }),
        control('b', { libb: {} }, { 'Build-Depends': 'liba' }),
      ],
      packages: { amd64: [binary('existing')] },
    };
    expect(lines(platformsOf(texts))).toEqual(['suite amd64: a b', 'a → b soft 0.1', 'b → a hard 4']);
  });

  it('keeps suites apart that each have an index of their own, and those alone', () => {
    const archiveOf = (suite: string, version: string): ReturnType<typeof readTexts> => {
      const read = readTexts({
        sources: [source('a', { Version: version, 'Build-Depends': `b-${suite}` }), source(`b-${suite}`)],
        packages: { amd64: [binary('a')] },
      });
      const place = (file: string): { location: { file: string; line: number } } => ({
        location: { file, line: 1 },
      });
      return {
        ...read,
        sources: read.sources.map((one) => ({ ...one, ...place(`dists/${suite}.Sources`) })),
        binaries: read.binaries.map((one) => ({ ...one, ...place(`dists/${suite}-amd64.Packages`) })),
      };
    };
    const [one, other] = [archiveOf('old', '1'), archiveOf('new', '2')];
    const both = {
      sources: [...one.sources, ...other.sources],
      binaries: [...one.binaries, ...other.binaries],
      indexedArchitectures: ['amd64'],
    };
    const options = { architectures: ['amd64'], layers: [] };
    expect(lines(cyclePlatforms(both, options, ''))).toEqual([
      'new amd64: a b-new',
      'a → b-new hard 4',
      'old amd64: a b-old',
      'a → b-old hard 4',
    ]);
    expect(lines(cyclePlatforms({ ...both, binaries: one.binaries }, options, ''))).toEqual([
      'amd64: a b-new b-old',
      'a → b-new hard 4',
    ]);
  });
});
