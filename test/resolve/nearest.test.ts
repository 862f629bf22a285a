import { describe, expect, it } from 'vitest';
import { formatNearest, type Nearest } from '../../src/resolve/nearest.ts';
import { makeCheck } from '../support/checked.ts';
import { binary, source, type Texts } from '../support/texts.ts';

const BOTH = { architectures: ['amd64', 'arm64'] };

/** What comes nearest to the only build dependency of `app` on an architecture. */
function nearest(relation: string, texts: Texts, options = {}, arch = 'amd64'): Nearest | undefined {
  const app = source('app', { 'Build-Depends': relation });
  const check = makeCheck({ ...texts, sources: [app, ...(texts.sources ?? [])] }, options);
  const target = check.targets.find((own) => own.arch === arch);
  const entry = target?.unbuildable.find((own) => own.source === 'app');
  if (entry?.kind !== 'missing') throw new Error('app misses nothing');
  return entry.nearest;
}

describe('what comes nearest', () => {
  const lib = (fields = {}): Texts => ({ packages: { amd64: [binary('lib', { Version: '2', ...fields })] } });

  it.each([
    ['lib (>= 3)', 'too-old'],
    ['lib (>> 2)', 'too-old'],
    ['lib (= 2.1)', 'too-old'],
    ['lib (= 1)', 'too-new'],
    ['lib (<= 1)', 'too-new'],
    ['lib (<< 2)', 'too-new'],
  ])('to %s is version 2, %s', (relation, kind) => {
    const location = { file: 'amd64.Packages', line: 1 };
    expect(nearest(relation, lib())).toEqual({ kind, package: 'lib', version: '2', location });
  });

  it('is what the qualifier rules out, with its Multi-Arch field', () => {
    const near = nearest('lib:any', lib({ 'Multi-Arch': 'same' }));
    expect(near).toMatchObject({ kind: 'qualifier', version: '2', detail: 'Multi-Arch: same' });
    expect(nearest('lib:armhf', lib())).toMatchObject({ kind: 'qualifier', detail: 'for amd64' });
  });

  it('is a package that provides the name in another version, or in none', () => {
    expect(nearest('virtual (>= 4)', lib({ Provides: 'virtual (= 3)' }))).toMatchObject({
      kind: 'provided',
      package: 'lib',
      version: '2',
      detail: '3',
    });
    const bare = nearest('virtual (>= 4)', lib({ Provides: 'virtual' }));
    expect(bare).toMatchObject({ kind: 'provided', package: 'lib' });
    expect(bare).not.toHaveProperty('detail');
  });

  it('is a source that the build profiles keep from building it', () => {
    const list = '\n tool deb misc optional arch=any\n tool-doc deb misc optional arch=all profile=!nodoc';
    const tool = source('tool', { Binary: 'tool, tool-doc', 'Package-List': list });
    const texts = { sources: [tool], packages: { amd64: [] } };
    expect(nearest('tool-doc', texts, { profiles: ['nodoc'] })).toMatchObject({
      kind: 'profile',
      package: 'tool-doc',
      source: 'tool 1',
      detail: '<!nodoc>',
      location: { file: 'Sources' },
    });
    expect(nearest('tool-doc', texts)).toMatchObject({ kind: 'not-built', source: 'tool 1' });
  });

  it('is what another architecture of the run has, with the architectures that its source is for', () => {
    const list = '\n ipt deb misc optional arch=amd64,i386';
    const ipt = source('intel-pt', { Architecture: 'amd64 i386', Binary: 'ipt', 'Package-List': list });
    const other = source('other-pt', {
      Version: '9',
      Binary: 'ipt',
      'Package-List': '\n ipt deb misc optional arch=s390x',
    });
    const sources = [ipt, other];
    const packages = { amd64: [binary('ipt', { Version: '2' })], arm64: [] };
    expect(nearest('ipt (>= 2)', { sources, packages }, BOTH, 'arm64')).toMatchObject({
      kind: 'architecture',
      version: '2',
      arch: 'amd64',
      source: 'intel-pt 1',
      detail: 'amd64 i386',
      location: { file: 'Sources' },
    });
    const near = nearest('ipt', { sources: [ipt], packages }, { architectures: ['arm64'] }, 'arm64');
    expect(near).toMatchObject({ kind: 'not-for-arch', source: 'intel-pt 1', detail: 'amd64 i386' });
  });

  it('is a name that is a letter away, but none that is further', () => {
    expect(nearest('libb', { packages: { amd64: [binary('libc')] } })).toEqual({
      kind: 'name',
      package: 'libc',
    });
    expect(nearest('libbar-dev', { packages: { amd64: [binary('libfoo-dev')] } })).toBeUndefined();
  });

  it('is that of the first alternative that anything comes near', () => {
    expect(nearest('gone | lib (>= 3) | lib (<< 1)', lib())).toMatchObject({ kind: 'too-old' });
  });
});

describe('formatNearest', () => {
  it('cuts a long list of architectures', () => {
    const near: Nearest = { kind: 'not-for-arch', package: 'a', source: 's 1', detail: 'a b c d e f g h' };
    expect(formatNearest(near)).toBe('source s 1 builds it for a b c d e f … 2 more only');
    expect(formatNearest({ ...near, detail: 'a b c d e f g' })).toContain('e f g only');
  });
});
