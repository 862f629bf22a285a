import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { InputRequest, Inputs } from '../../src/io/inputs.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { AMD64, ARMOURED_DSC, control, SOURCES } from './debian-samples.ts';
import { makeTree } from './temp-tree.ts';

const NOTHING: InputRequest = {
  paths: [],
  packages: [],
  apt: false,
  architectures: ['amd64'],
  suite: undefined,
};

afterEach(() => {
  vi.restoreAllMocks();
});

async function read(request: Partial<InputRequest>): Promise<Inputs> {
  return readInputs({ ...NOTHING, ...request });
}

function names({ sources }: Inputs): readonly string[] {
  return sources.map(({ name, version }) => (version === undefined ? name : `${name}_${version}`));
}

function codes({ diagnostics }: Inputs): readonly string[] {
  return diagnostics.map(({ code, severity }) => `${severity} ${code}`);
}

describe('readInputs on source trees', () => {
  const hello = {
    'hello/debian/control': control('hello'),
    'hello/debian/changelog': 'hello (2.10-3) sid; urgency=low\n',
  };

  it('reads a tree, its debian folder and its control file alike', async () => {
    const folder = makeTree(hello);
    const forms = ['hello', 'hello/', 'hello/debian', 'hello/debian/control'].map((path) =>
      join(folder, path),
    );
    const results = await Promise.all(forms.map((path) => read({ paths: [path] })));
    for (const result of results) {
      expect(names(result)).toEqual(['hello_2.10-3']);
      expect(result.sources).toEqual(results[0]?.sources);
      expect([...result.paths]).toEqual([
        ['hello/debian/changelog', join(folder, 'hello/debian/changelog')],
        ['hello/debian/control', join(folder, 'hello/debian/control')],
      ]);
    }
    expect(names(await read({ paths: forms }))).toEqual(['hello_2.10-3']);
  });

  it('finds trees at any depth, but not in dot folders, node_modules or other trees', async () => {
    const folder = makeTree({
      ...hello,
      'a/b/c/world/debian/control': control('world'),
      'hello/vendor/old/debian/control': control('old'),
      '.git/x/debian/control': control('dotted'),
      'node_modules/x/debian/control': control('module'),
    });
    symlinkSync('..', join(folder, 'a/b/loop'));
    const result = await read({ paths: [folder] });
    expect(names(result)).toEqual(['world', 'hello_2.10-3']);
    expect(codes(result)).toEqual(['note nested-source-tree']);
  });

  it('reads a control of another name, and one without a changelog', async () => {
    const folder = makeTree({ 'my-control': control('mine') });
    expect(names(await read({ paths: [join(folder, 'my-control')] }))).toEqual(['mine']);
  });

  it('keeps a tree and an index stanza of one source', async () => {
    const folder = makeTree({ ...hello, Sources: SOURCES });
    const result = await read({ paths: [join(folder, 'hello'), join(folder, 'Sources')] });
    expect(names(result)).toEqual(['hello_2.10-2', 'zlib_1.3', 'hello_2.10-3']);
  });

  it('reads a folder of .dsc files, signed ones too', async () => {
    const folder = makeTree({ 'x/hello_1.dsc': ARMOURED_DSC });
    const result = await read({ paths: [folder] });
    expect(names(result)).toEqual(['hello_1:2.10-3']);
    expect(result.diagnostics).toEqual([]);
  });
});

describe('readInputs on indexes', () => {
  it('tells Sources from Packages by content, packed or not, whatever their names', async () => {
    const folder = makeTree({ one: gzipSync(SOURCES), 'two.xz': AMD64 });
    const result = await read({ paths: [join(folder, 'one'), join(folder, 'two.xz')] });
    expect(names(result)).toEqual(['hello_2.10-2', 'zlib_1.3']);
    expect(result.binaries.map(({ name, location }) => `${name} ${location.file}:${location.line}`)).toEqual([
      'hello two.xz:1',
      'hello-doc two.xz:5',
    ]);
    expect(result.indexedArchitectures).toEqual(['amd64']);
    expect(result.files.map(({ name }) => name)).toEqual(['one', 'two.xz']);
  });

  it('orders binaries by label, not by the length of names', async () => {
    const folder = makeTree({ a: AMD64, 'b-long-name': AMD64 });
    const result = await read({ paths: ['b-long-name', 'a'].map((name) => join(folder, name)) });
    expect(result.binaries.map(({ location }) => location.file)).toEqual([
      'a',
      'a',
      'b-long-name',
      'b-long-name',
    ]);
  });

  it('takes the hash of a file as it is on disk', async () => {
    const packed = gzipSync(SOURCES);
    const folder = makeTree({ 'Sources.gz': packed });
    const sha256 = createHash('sha256').update(packed).digest('hex');
    expect((await read({ paths: [join(folder, 'Sources.gz')] })).files).toEqual([
      { name: 'Sources.gz', sha256 },
    ]);
  });

  it('reads a Packages index once as a PATH and with --packages; the architecture given counts', async () => {
    const folder = makeTree({ P: AMD64 });
    const path = join(folder, 'P');
    const result = await read({ paths: [path], packages: [{ path, arch: 'arm64' }] });
    expect(result.binaries.map(({ indexArchitectures }) => indexArchitectures)).toEqual([
      ['arm64'],
      ['arm64'],
    ]);
    expect(result.indexedArchitectures).toEqual(['arm64']);
  });

  it('counts an empty Packages index whose architecture is given', async () => {
    const path = join(makeTree({ P: '\n' }), 'P');
    const packages = ['amd64', 'arm64'].map((arch) => ({ path, arch }));
    const given = await read({ packages });
    expect(given.indexedArchitectures).toEqual(['amd64', 'arm64']);
    expect(given.diagnostics).toEqual([]);
    const nothing = await read({ packages: [{ path: '/dev/null', arch: 'amd64' }] });
    expect(nothing).toMatchObject({ indexedArchitectures: ['amd64'], diagnostics: [] });
    expect(codes(await read({ packages: [{ path, arch: undefined }] }))).toEqual(['warning empty-file']);
  });

  it('wonders at an index of no bytes, as a failed download leaves it', async () => {
    const path = join(makeTree({ P: '' }), 'P');
    const { diagnostics, indexedArchitectures } = await read({ packages: [{ path, arch: 'amd64' }] });
    expect(indexedArchitectures).toEqual(['amd64']);
    expect(diagnostics).toEqual([
      {
        code: 'empty-file',
        severity: 'warning',
        message: "'P' is empty: by it nothing exists for amd64",
        location: { file: 'P', line: 1 },
        hint: 'fetch it again; if nothing is to exist, give --packages amd64=/dev/null',
      },
    ]);
  });

  it('says that an index given for one architecture is of another', async () => {
    const stanza = (name: string, arch: string): string =>
      `Package: ${name}\nVersion: 1\nArchitecture: ${arch}\nSize: 1\n`;
    const texts = {
      P: stanza('a', 'amd64'),
      both: `${stanza('a', 'amd64')}\n${stanza('b', 'arm64')}`,
      all: stanza('a', 'all'),
    };
    const folder = makeTree(texts);
    const given = (file: string): Promise<Inputs> =>
      read({ packages: [{ path: join(folder, file), arch: 'arm64' }] });
    expect((await given('P')).diagnostics).toEqual([
      {
        code: 'other-architecture',
        severity: 'error',
        message: "'P' was given with --packages for arm64, but all that it holds is of amd64",
        location: { file: 'P', line: 1 },
        hint: 'name the index of arm64, or say what it is: --packages amd64=FILE',
      },
    ]);
    expect((await given('both')).diagnostics).toEqual([]);
    expect((await given('all')).diagnostics).toEqual([]);
  });

  it('refuses what is no Packages index where one is due', async () => {
    const folder = makeTree({ Sources: SOURCES });
    const result = await read({
      packages: [
        { path: join(folder, 'Sources'), arch: 'amd64' },
        { path: folder, arch: undefined },
      ],
    });
    expect(result.sources).toEqual([]);
    expect(codes(result)).toEqual(['error not-a-packages-index', 'error unreadable-path']);
  });

  it('reads standard input', async () => {
    const stdin = Readable.from([Buffer.from(SOURCES.slice(0, 30)), Buffer.from(SOURCES.slice(30))]);
    vi.spyOn(process.stdin, Symbol.asyncIterator).mockImplementation(() => stdin[Symbol.asyncIterator]());
    const result = await read({ paths: ['-'] });
    expect(names(result)).toEqual(['hello_2.10-2', 'zlib_1.3']);
    expect([...result.paths]).toEqual([['-', '-']]);
  });
});

describe('readInputs on troubles', () => {
  it('reads the other inputs when one path does not exist', async () => {
    const folder = makeTree({ Sources: SOURCES });
    const missing = join(folder, 'nowhere');
    const result = await read({ paths: [missing, join(folder, 'Sources')] });
    expect(result.sources).toHaveLength(2);
    expect(result.diagnostics).toEqual([
      {
        code: 'unreadable-path',
        severity: 'error',
        message: `cannot read '${missing}': no such file or folder`,
        hint: `see what is there: ls -d '${missing}'*`,
      },
    ]);
  });

  it('says that a folder holds nothing to read', async () => {
    const folder = makeTree({ 'lists/Sources': SOURCES });
    mkdirSync(join(folder, 'empty'));
    expect(codes(await read({ paths: [folder, join(folder, 'empty')] }))).toEqual([
      'error empty-folder',
      'error empty-folder',
    ]);
  });

  it('uses nothing of an index that is cut short', async () => {
    const folder = makeTree({ 'Sources.gz': gzipSync(SOURCES).subarray(0, 60) });
    const result = await read({ paths: [join(folder, 'Sources.gz')] });
    expect(result.sources).toEqual([]);
    expect(result.files).toEqual([]);
    expect(codes(result)).toEqual(['error damaged-file']);
  });

  it('says that a file is of no known kind', async () => {
    const folder = makeTree({ 'README.md': '# Hello\n\nRead me.\n', 'x.deb': '!<arch>\n\0\0\0' });
    const result = await read({ paths: [join(folder, 'README.md'), join(folder, 'x.deb')] });
    expect(result.sources).toEqual([]);
    expect(codes(result)).toEqual(['error unknown-content', 'error unknown-content']);
  });

  it('says that --suite needs a StarlingX tree', async () => {
    const folder = makeTree({ Sources: SOURCES });
    expect(codes(await read({ paths: [join(folder, 'Sources')], suite: 'trixie' }))).toEqual([
      'warning suite-without-tree',
    ]);
  });
});

describe('readInputs on labels', () => {
  it('prefixes parent folders when two inputs would be called alike', async () => {
    const folder = makeTree({
      'main/Sources': SOURCES,
      'contrib/Sources': SOURCES.replaceAll('hello', 'nonfree'),
    });
    const result = await read({ paths: ['main', 'contrib'].map((part) => join(folder, part, 'Sources')) });
    expect(result.files.map(({ name }) => name)).toEqual(['contrib/Sources', 'main/Sources']);
    expect(result.paths.get('main/Sources')).toBe(join(folder, 'main/Sources'));
  });

  it('names a file that is reached in two ways by its longer label, and reads it once', async () => {
    const folder = makeTree({ 'all/x/hello/debian/control': control('hello') });
    symlinkSync('all', join(folder, 'link'));
    const result = await read({ paths: ['all/x/hello', 'link', 'all'].map((part) => join(folder, part)) });
    expect(result.files.map(({ name }) => name)).toEqual(['link/x/hello/debian/control']);
    expect(result.sources).toHaveLength(1);
  });
});
