import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { why } from '../../src/graph/why.ts';
import { analyseTexts, binary, builtKeys, control, source } from '../support/texts.ts';

const { graph } = analyseTexts(
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

/** The steps as `a → b`, or what the answer says instead. */
function ask(a: string, b: string): readonly string[] {
  const answer = why(graph, a, b);
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
    expect(builtKeys(graph)).not.toContain('lost_1/amd64');
    expect(ask('lost', 'app')).toEqual(['no']);
  });
  it('refuses names that fit nothing, both at once, and says where names are listed', () => {
    expect(() => why(graph, 'nix', 'app/riscv64')).toThrow(UserError);
    try {
      why(graph, 'nix', 'app/riscv64');
    } catch (error) {
      expect(error).toMatchObject({
        diagnostics: [
          {
            code: 'no-such-unit',
            severity: 'error',
            message: "'nix' is no source and no unit of the inputs",
            hint: 'debplan graph --format csv lists them',
          },
          { code: 'no-such-unit', message: "'app/riscv64' is no source and no unit of the inputs" },
        ],
      });
    }
  });
  it('finds a layered source by its name alone', () => {
    const controls = [
      control('i40e', { i40e: {} }, { 'Build-Depends': 'kernel' }, { layer: 'distro', buildType: 'rt' }),
      control('kernel', { kernel: {} }, {}, { layer: 'distro', buildType: 'std' }),
    ];
    const layered = analyseTexts({ controls }).graph;
    expect(why(layered, 'i40e', 'kernel/amd64').steps).toMatchObject([
      { from: 'distro/rt/i40e_1/amd64', to: 'distro/std/kernel_1/amd64' },
    ]);
  });
});
