import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { why } from '../../src/graph/why.ts';
import { analyseTexts, binary, builtKeys, control, source } from '../support/texts.ts';

const analysis = analyseTexts(
  {
    sources: [
      source('app', { 'Build-Depends': 'lib-dev, tool' }),
      source('lib', { Binary: 'lib-dev', 'Build-Depends': 'compiler' }),
      source('tool', { 'Build-Depends': 'compiler' }),
      source('compiler', { Version: '2' }),
      source('island'),
      source('self', { 'Build-Depends': 'self' }),
      source('lost', { 'Build-Depends': 'gone' }),
      source('docs', {
        Architecture: 'all',
        'Package-List': '\n docs deb x optional arch=all',
        'Build-Depends': 'app',
      }),
    ],
    packages: { amd64: [binary('lib-dev', { Version: '0' })], arm64: [] },
  },
  { architectures: ['amd64', 'arm64'], allOn: 'arm64' },
);

const STRONGEST = { isAll: false };
const ALL = { isAll: true };

/** The steps as `a → b`, or what the answer says instead. */
function ask(a: string, b: string): readonly string[] {
  const answer = why(analysis, a, b, STRONGEST);
  expect(answer).toMatchObject({ schema: 'debplan/why@1', a, b });
  if (answer.steps.length === 0) return [answer.isReversed ? 'reversed' : 'no'];
  expect(answer.isReversed).toBe(false);
  return answer.steps.map(({ from, to, reason }) => `${from} → ${to} ${reason.strength}`);
}

describe('why', () => {
  it('goes the shortest way, and prefers a hard edge among equals', () => {
    expect(ask('app', 'compiler')).toEqual([
      'app_1/amd64 → tool_1/amd64 hard',
      'tool_1/amd64 → compiler_2/amd64 hard',
    ]);
    expect(ask('app', 'lib')).toEqual(['app_1/amd64 → lib_1/amd64 soft']);
  });
  it('takes keys, names, and names with an architecture', () => {
    expect(ask('app/arm64', 'compiler/arm64')).toEqual([
      'app_1/arm64 → lib_1/arm64 hard',
      'lib_1/arm64 → compiler_2/arm64 hard',
    ]);
    expect(ask('lib_1/arm64', 'compiler')).toEqual(['lib_1/arm64 → compiler_2/arm64 hard']);
    expect(ask('docs/all', 'app')).toEqual(['docs_1/all → app_1/arm64 hard']);
    expect(ask('docs/arm64', 'app/arm64')).toEqual(['docs_1/all → app_1/arm64 hard']);
  });
  it('says when the second waits for the first instead', () => {
    expect(ask('compiler', 'app')).toEqual(['reversed']);
    expect(ask('island', 'app')).toEqual(['no']);
    expect(ask('app/amd64', 'compiler/arm64')).toEqual(['no']);
  });
  it('answers for a unit that needs itself', () => {
    expect(ask('self/amd64', 'self/amd64')).toEqual(['self_1/amd64 → self_1/amd64 hard']);
    expect(ask('app', 'app')).toEqual(['no']);
  });
  it('knows what can’t be built, which waits for nothing', () => {
    expect(builtKeys(analysis.graph)).not.toContain('lost_1/amd64');
    expect(ask('lost', 'app')).toEqual(['no']);
  });
  it('refuses names that fit nothing, both at once, and says where names are listed', () => {
    expect(() => why(analysis, 'nix', 'app/riscv64', STRONGEST)).toThrow(UserError);
    try {
      why(analysis, 'nix', 'app/riscv64', STRONGEST);
    } catch (error) {
      expect(error).toMatchObject({
        diagnostics: [
          {
            code: 'no-such-unit',
            severity: 'error',
            message: "'nix' is no source and no unit of the inputs",
            hint: 'debplan graph --format csv lists them',
          },
          {
            code: 'no-such-unit',
            message: "'app/riscv64' is no source and no unit of the inputs",
            hint: 'app is built for amd64, arm64',
          },
        ],
      });
    }
  });
});

describe('a name of several units', () => {
  it('means those of one architecture first, and the answer tells what else it could mean', () => {
    expect(why(analysis, 'app', 'lib', STRONGEST)).toMatchObject({
      steps: [{ from: 'app_1/amd64', to: 'lib_1/amd64' }],
      alsoNamed: { a: ['app_1/arm64'], b: ['lib_1/arm64'] },
    });
    expect(why(analysis, 'app/arm64', 'lib/arm64', STRONGEST).alsoNamed).toBeUndefined();
    expect(why(analysis, 'app', 'lib/arm64', STRONGEST)).toMatchObject({
      steps: [{ from: 'app_1/arm64', to: 'lib_1/arm64' }],
      alsoNamed: { a: ['app_1/amd64'], b: [] },
    });
  });
  it('means those of one layer and build type before others', () => {
    const place = (buildType: string): object => ({
      layer: 'distro',
      buildType,
      file: `${buildType}/control`,
    });
    const controls = ['std', 'rt'].flatMap((type) => [
      control('mod', { [`mod-${type}`]: {} }, { 'Build-Depends': `linux-${type}, linux-std` }, place(type)),
      control('linux', { [`linux-${type}`]: {} }, {}, place(type)),
    ]);
    const layered = analyseTexts({ controls });
    const pairOf = (a: string, b: string): readonly (readonly [string, string])[] =>
      why(layered, a, b, STRONGEST).steps.map(({ from, to }) => [from, to]);
    expect(pairOf('rt/mod', 'linux')).toEqual([['distro/rt/mod_1/amd64', 'distro/rt/linux_1/amd64']]);
    expect(pairOf('mod', 'std/linux')).toEqual([['distro/std/mod_1/amd64', 'distro/std/linux_1/amd64']]);
    expect(pairOf('distro/rt/mod/amd64', 'distro/std/linux_1')).toEqual([
      ['distro/rt/mod_1/amd64', 'distro/std/linux_1/amd64'],
    ]);
  });
});

describe('the steps', () => {
  const controls = [
    control(
      'app',
      { app: {} },
      { 'Build-Depends': 'kit-dev <!nocheck> <!nodoc>, kit-tool <!nocheck>, tool | kit' },
    ),
    control(
      'kit',
      { 'kit-dev': { 'Pre-Depends': 'kit (= 2)' }, kit: {}, 'kit-tool': { Depends: 'kit-dev' } },
      {},
      { version: '2' },
    ),
    control('docs', { docs: {} }, { 'Build-Depends-Indep': 'kit-dev', 'Build-Depends': 'kit-dev, web' }),
    control('web', { web: { Depends: 'browser | kit' } }),
  ];
  const packages = { amd64: [binary('tool'), binary('browser'), binary('kit', { Version: '1' })] };
  const small = analyseTexts({ controls, packages });

  it('have one reason, the strongest, and count the others; with all of them each way counts once', () => {
    const [step] = why(small, 'app', 'kit', STRONGEST).steps;
    expect(step).toMatchObject({
      reasonCount: 2,
      isHonoured: true,
      reason: { relation: 'kit-dev <!nocheck> <!nodoc>' },
    });
    expect(step?.reasons).toBeUndefined();
    const [all] = why(small, 'app', 'kit', ALL).steps;
    expect(all?.reasons?.map(({ field, relation }) => `${field}: ${relation}`)).toEqual([
      'Build-Depends: kit-dev <!nocheck> <!nodoc>',
      'Build-Depends: kit-tool <!nocheck>',
    ]);
    expect(all?.reason).toEqual(all?.reasons?.[0]);
  });
  it('name the profiles of which one alone drops the build dependency', () => {
    const [all] = why(small, 'app', 'kit', ALL).steps;
    expect(all?.reasons?.map(({ remedies }) => remedies)).toEqual([
      [],
      [{ kind: 'profile', profile: 'nocheck' }],
    ]);
  });
  it('tell where each run-time relation stands', () => {
    const libkit = analyseTexts({
      sources: [
        source('app', { 'Build-Depends': 'kit-dev' }),
        source('kit', { Binary: 'kit-dev', Version: '2' }),
        source('base'),
      ],
      packages: {
        amd64: [binary('other'), binary('kit-dev', { 'Pre-Depends': 'other | base (>= 1), base' })],
      },
    });
    expect(why(libkit, 'app', 'base', STRONGEST).steps[0]?.reason.chain).toEqual([
      { binary: 'kit-dev', relation: 'kit-dev' },
      {
        binary: 'base',
        relation: 'base',
        field: 'Pre-Depends',
        location: { file: 'amd64.Packages', line: 8, column: 35 },
        isStandIn: true,
      },
    ]);
    const [step] = why(small, 'app', 'kit', ALL).steps;
    expect(step?.reasons?.[1]?.chain).toEqual([{ binary: 'kit-tool', relation: 'kit-tool <!nocheck>' }]);
  });
  it('name an existing binary that serves, and another package that would do, with their relations', () => {
    const choice = analyseTexts({
      controls: [
        control('app', { app: {} }, { 'Build-Depends': 'liba | libb' }),
        control('a', { liba: { Depends: 'core | spare' } }),
        control('b', { libb: {} }),
        control('core', { core: {} }),
      ],
      packages: { amd64: [binary('spare', { Version: '7' })] },
    });
    expect(why(choice, 'app', 'core', STRONGEST).steps[0]?.reason.remedies).toEqual([
      { kind: 'existing', binary: 'spare', version: '7', relation: 'core | spare' },
      { kind: 'alternative', binary: 'libb', version: '1', relation: 'liba | libb', builtBy: 'b_1/amd64' },
    ]);
  });
});

describe('what the plan gives up', () => {
  const knot = {
    sources: [
      source('app', { 'Build-Depends': 'lib' }),
      source('lib', { 'Build-Depends': 'tool' }),
      source('tool', { Version: '2', 'Build-Depends': 'lib' }),
    ],
    packages: { amd64: [binary('lib', { Version: '0' }), binary('tool')] },
  };
  it('is marked: an edge that is cut to break a cycle', () => {
    const cut = analyseTexts(knot);
    const steps = [...why(cut, 'lib', 'tool', STRONGEST).steps, ...why(cut, 'tool', 'lib', STRONGEST).steps];
    expect(steps.map(({ isHonoured, givenUp }) => [isHonoured, givenUp])).toEqual([
      [false, 'cycle'],
      [true, undefined],
    ]);
  });
  it('is no obstacle where a longer way is honoured, which is told', () => {
    const texts = {
      sources: [
        source('a', { 'Build-Depends': 'x, y' }),
        source('x', { 'Build-Depends': 'a, b' }),
        source('y', { 'Build-Depends': 'z' }),
        source('z', { 'Build-Depends': 'b' }),
        source('b'),
      ],
      packages: { amd64: ['a', 'b', 'x', 'y', 'z'].map((name) => binary(name, { Version: '0' })) },
    };
    const answer = why(analyseTexts(texts), 'a', 'b', STRONGEST);
    expect(answer.steps.map(({ from, to, isHonoured }) => [from, to, isHonoured])).toEqual([
      ['a_1/amd64', 'x_1/amd64', false],
      ['x_1/amd64', 'b_1/amd64', true],
    ]);
    expect(answer.honouredWay).toEqual(['a_1/amd64', 'y_1/amd64', 'z_1/amd64', 'b_1/amd64']);
  });
  it('is left out with its cycle, and the chain is shown all the same', () => {
    const hard = analyseTexts({ ...knot, packages: { amd64: [] } });
    expect(why(hard, 'app', 'tool', STRONGEST).steps).toMatchObject([
      { from: 'app_1/amd64', to: 'lib_1/amd64', isHonoured: false, givenUp: 'left-out' },
      { from: 'lib_1/amd64', to: 'tool_2/amd64', isHonoured: false, givenUp: 'left-out' },
    ]);
  });
  it('is of a later layer', () => {
    const controls = [
      control('tool', { tool: {} }, {}, { layer: 'openstack' }),
      control('app', { app: {} }, { 'Build-Depends': 'tool' }, { layer: 'distro' }),
    ];
    expect(why(analyseTexts({ controls }), 'app', 'tool', STRONGEST).steps).toMatchObject([
      { isHonoured: false, givenUp: 'later-layer' },
    ]);
  });
});

describe('where nobody waits', () => {
  it('it is told what can’t be built, and why', () => {
    const lost = why(analysis, 'lost/arm64', 'app/arm64', STRONGEST);
    expect(lost).toMatchObject({
      steps: [],
      canWait: false,
      unbuildable: [{ unit: 'lost_1/arm64', arch: 'arm64' }],
    });
    expect(lost.unbuildable?.[0]?.reason).toMatch(/^Build-Depends: gone: nothing provides gone on arm64/);
    expect(why(analysis, 'app/amd64', 'lost/amd64', STRONGEST)).toMatchObject({
      canWait: true,
      unbuildable: [{ unit: 'lost_1/amd64' }],
    });
  });
  it('it is told on which architecture somebody does', () => {
    const odd = analyseTexts(
      { sources: [source('app', { 'Build-Depends': 'lib [arm64]' }), source('lib')] },
      { architectures: ['amd64', 'arm64'] },
    );
    expect(why(odd, 'app/amd64', 'lib/amd64', STRONGEST)).toEqual({
      schema: 'debplan/why@1',
      a: 'app/amd64',
      b: 'lib/amd64',
      steps: [],
      isReversed: false,
      canWait: true,
      elsewhere: [{ from: 'app_1/arm64', to: 'lib_1/arm64', isHonoured: true }],
    });
    expect(why(odd, 'app', 'lib', STRONGEST).steps).toMatchObject([
      { from: 'app_1/arm64', to: 'lib_1/arm64' },
    ]);
  });
});

describe('a name that fits nothing', () => {
  const hintFor = (name: string): string | undefined => {
    try {
      why(analysis, name, 'app', STRONGEST);
    } catch (error) {
      if (error instanceof UserError) return error.diagnostics[0]?.hint;
    }
    return undefined;
  };
  it('is answered by the nearest source, by the source of a binary, or by where the source is built', () => {
    expect(hintFor('compilr')).toBe('did you mean compiler?');
    expect(hintFor('compilr/arm64')).toBe('did you mean compiler/arm64?');
    expect(hintFor('lib-dev')).toBe('it is a binary package of the source lib');
    expect(hintFor('docs/amd64')).toBe('docs is built for all');
  });
});
