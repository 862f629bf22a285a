import { describe, expect, it } from 'vitest';
import { plainStyle } from '../../src/emit/style.ts';
import { formatWhy } from '../../src/emit/why-text.ts';
import { why } from '../../src/graph/why.ts';
import { analyseTexts, binary, control, source, type Texts } from '../support/texts.ts';

const PATHS = new Map([['app/debian/control', 'tree/app/debian/control']]);

/** The answer as lines. */
function answer(
  texts: Texts,
  [a, b]: readonly [string, string],
  { architectures = ['amd64'], isAll = false }: { architectures?: readonly string[]; isAll?: boolean } = {},
): readonly string[] {
  const text = formatWhy(why(analyseTexts(texts, { architectures }), a, b, { isAll }), PATHS, plainStyle);
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

describe('the answer to why', () => {
  const kit = {
    controls: [
      control('app', { app: {} }, { 'Build-Depends': 'dev-kit <!nocheck>, kit-common' }),
      control('kit', {
        'dev-kit': { Depends: 'kit-common (>= 1) | x' },
        'kit-common': { Depends: 'base | spare' },
      }),
      control('base', { base: {} }),
      control('spare', { spare: {} }),
    ],
    packages: { amd64: [binary('dev-kit', { Version: '0.5' })] },
  };

  it('shows each step with its relations, their places, how firm it is and what would remove it', () => {
    expect(answer(kit, ['app', 'base'])).toEqual([
      'app_1/amd64 waits for base_1/amd64',
      '  Build-Depends: kit-common  (tree/app/debian/control:2)',
      '  → kit-common',
      '    Depends: base | spare  (kit/debian/control:9)',
      '    → base, built by base_1/amd64',
      '  hard: no binary that exists serves instead',
      '  what would remove it: spare 1, built by spare_1/amd64, as another choice for base | spare',
      '  1 other relation leads there too: --all shows all',
    ]);
  });
  it('shows every reason of a step with --all', () => {
    expect(answer(kit, ['app', 'kit'], { isAll: true })).toEqual([
      'app_1/amd64 waits for kit_1/amd64 for 2 reasons',
      '  Build-Depends: kit-common  (tree/app/debian/control:2)',
      '  → kit-common, built by kit_1/amd64',
      '  hard: no binary that exists serves instead',
      '  what would remove it: nothing',
      '',
      '  Build-Depends: dev-kit <!nocheck>  (tree/app/debian/control:2)',
      '  → dev-kit, built by kit_1/amd64',
      '  soft: a binary that exists serves if need be',
      '  what would remove it:',
      '    the build profile nocheck: --profiles nocheck',
      '    dev-kit 0.5, which exists, for dev-kit',
    ]);
  });
  it('parts steps by a blank line, and tells which relation stands in for one that is not known', () => {
    const texts = {
      sources: [
        source('app', { 'Build-Depends': 'tool' }),
        source('tool', { Version: '2', 'Build-Depends': 'lib-dev' }),
        source('lib', { Version: '2', Binary: 'lib-dev' }),
        source('core', { Version: '2' }),
      ],
      packages: { amd64: [binary('lib-dev', { 'Pre-Depends': 'core' })] },
    };
    expect(answer(texts, ['app', 'core'])).toEqual([
      'app_1/amd64 waits for tool_2/amd64',
      '  Build-Depends: tool  (Sources:5)',
      '  → tool, built by tool_2/amd64',
      '  hard: no binary that exists serves instead',
      '  what would remove it: nothing',
      '',
      'tool_2/amd64 waits for core_2/amd64',
      '  Build-Depends: lib-dev  (Sources:11)',
      '  → lib-dev',
      '    Pre-Depends: core, of the binary that exists  (amd64.Packages:4)',
      '    → core, built by core_2/amd64',
      '  hard: no binary that exists serves instead',
      '  what would remove it: nothing',
    ]);
  });
  it('says what the plan does not wait for, and of a longer way that it does not hold', () => {
    const texts = {
      sources: [
        source('app', { 'Build-Depends': 'tool' }),
        source('lib', { 'Build-Depends': 'tool' }),
        source('tool', { Version: '2', 'Build-Depends': 'lib' }),
      ],
      packages: { amd64: [binary('lib', { Version: '0' }), binary('tool')] },
    };
    expect(answer(texts, ['lib', 'tool']).slice(0, 2)).toEqual([
      'lib_1/amd64 would wait for tool_2/amd64',
      '  the plan does not wait for this: cut to break a cycle',
    ]);
    const ring = {
      sources: [
        source('a', { 'Build-Depends': 'b' }),
        source('b', { Version: '2', 'Build-Depends': 'c' }),
        source('c', { Version: '2', 'Build-Depends': 'a' }),
      ],
      packages: { amd64: [binary('a', { Version: '0' }), binary('b'), binary('c')] },
    };
    const pairs = [
      ['a', 'c'],
      ['b', 'a'],
      ['c', 'b'],
    ] as const;
    const verdicts = pairs.map((pair) => answer(ring, pair).at(-1));
    expect(verdicts.filter((line) => line?.startsWith('so in the plan '))).toHaveLength(2);
  });
  it('says plainly that nobody waits, or that it is the other way round', () => {
    expect(answer(kit, ['base', 'app'])).toEqual(['base does not wait for app; app waits for base']);
    expect(answer(kit, ['base', 'base'])).toEqual(['base does not wait for base']);
    const controls = [
      control('tool', { tool: {} }, {}, { layer: 'openstack' }),
      control('app', { app: {} }, { 'Build-Depends': 'tool' }, { layer: 'distro' }),
    ];
    expect(answer({ controls }, ['tool', 'app'])).toEqual([
      'tool does not wait for app; app would wait for tool, but the plan gives that up',
    ]);
  });
  it('says what can’t be built and why, and not that it does not wait', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'gone [arm64]' }), source('lib')],
      packages: { amd64: [], arm64: [] },
    };
    const architectures = ['amd64', 'arm64'];
    const [line, ...rest] = answer(texts, ['app/arm64', 'lib/arm64'], { architectures });
    expect(line).toMatch(
      /^app_1\/arm64 can't be built on arm64: Build-Depends: gone \[arm64\]: nothing provides gone/,
    );
    expect(rest).toEqual([]);
    expect(answer(texts, ['app', 'lib'], { architectures })[0]).toBe('app does not wait for lib');
  });
  it('says where else somebody waits, and what else a name could mean', () => {
    const texts = { sources: [source('app', { 'Build-Depends': 'lib [arm64]' }), source('lib')] };
    const architectures = ['amd64', 'arm64'];
    expect(answer(texts, ['app/amd64', 'lib/amd64'], { architectures })).toEqual([
      'app/amd64 does not wait for lib/amd64',
      'app_1/arm64 waits for lib_1/arm64',
    ]);
    expect(answer(texts, ['app', 'lib/arm64'], { architectures }).slice(-2)).toEqual([
      '',
      'app also stands for app_1/amd64; app/ARCH tells them apart',
    ]);
  });
});
