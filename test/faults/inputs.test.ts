import type * as files from 'node:fs';
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UserError, type Diagnostic } from '../../src/base/diagnostic.ts';
import { readInputFile } from '../../src/io/read-file.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { readTextFile } from '../../src/io/read-text.ts';
import { makeTree } from '../io/temp-tree.ts';

const meanwhile = vi.hoisted(() => ({ work: (): void => undefined }));

/** Something happens to a file once its size is known, before it is read. */
vi.mock('node:fs/promises', async (importActual) => {
  const actual = await importActual<typeof promises>();
  const open: typeof actual.open = async (...args) => {
    const file = await actual.open(...args);
    const read = file.readFile.bind(file);
    const readFile = async (): Promise<Buffer> => {
      meanwhile.work();
      return read();
    };
    return Object.assign(file, { readFile });
  };
  return { ...actual, open };
});

vi.mock('node:fs', async (importActual) => {
  const actual = await importActual<typeof files>();
  const readFileSync = (file: number): Buffer => {
    meanwhile.work();
    return actual.readFileSync(file);
  };
  return { ...actual, readFileSync };
});

afterEach(() => {
  meanwhile.work = () => undefined;
});

const control = (name: string): string => `Source: ${name}\n\nPackage: ${name}\nArchitecture: any\n`;
const changelog = (name: string): string =>
  `${name} (1) unstable; urgency=low\n\n  * x\n\n -- A <a@b.c>  Mon, 01 Jan 2024 00:00:00 +0000\n`;
const tree = (name: string, folder = name): Readonly<Record<string, string>> => ({
  [`t/${folder}/debian/control`]: control(name),
  [`t/${folder}/debian/changelog`]: changelog(name),
});

/** Names of the sources that are found, and what is said, without the folder's own path. */
async function readTree(cwd: string): Promise<{ readonly sources: string[]; readonly said: string[] }> {
  const request = { paths: [join(cwd, 't')], packages: [], apt: false, architectures: ['amd64'] };
  const { sources, diagnostics } = await readInputs({ ...request, suite: undefined });
  return {
    sources: sources.map(({ name }) => name).sort(),
    said: diagnostics.map(({ severity, message }) => `${severity}: ${message.replaceAll(`${cwd}/`, '')}`),
  };
}

describe('a tree', () => {
  it('is read to its end whatever is wrong in it, and all of that is told', async () => {
    const cwd = makeTree({ ...tree('aa'), ...tree('bb'), ...tree('cc'), ...tree('dd') });
    for (const name of ['aa', 'bb', 'cc']) rmSync(join(cwd, `t/${name}/debian/control`));
    symlinkSync('gone', join(cwd, 't/aa/debian/control'));
    symlinkSync('control', join(cwd, 't/bb/debian/control'));
    symlinkSync('/proc/self/mem', join(cwd, 't/cc/debian/control'));
    expect(await readTree(cwd)).toEqual({
      sources: ['dd'],
      said: [
        "error: cannot read 't/aa/debian/control': no such file or folder",
        "error: cannot read 't/bb/debian/control': symbolic links lead in a circle",
        "error: cannot read 't/cc/debian/control': the disk or device fails",
      ],
    });
  });

  it('ends where links lead in a circle or up', async () => {
    const cwd = makeTree(tree('aa'));
    for (const [name, target] of [
      ['up', '..'],
      ['self', 'self'],
      ['debian/all', '../..'],
    ] as const)
      symlinkSync(target, join(cwd, 't/aa', name));
    expect(await readTree(cwd)).toEqual({ sources: ['aa'], said: [] });
  });

  it('says of names that they are not UTF-8, or several lines', async () => {
    const cwd = makeTree({ ...tree('aa', 'new\nline'), ...tree('bb') });
    mkdirSync(Buffer.concat([Buffer.from(join(cwd, 't/bad')), Buffer.from([0xff])]));
    expect(await readTree(cwd)).toEqual({
      sources: ['bb'],
      said: [
        "warning: 't/bad\ufffd' is passed over: its name is not UTF-8",
        "warning: 't/new\nline' is passed over: its name is several lines",
      ],
    });
  });

  it.runIf(process.getuid?.() === 0)('tells of each folder that can not be entered', async () => {
    const cwd = makeTree({ ...tree('aa'), ...tree('bb'), ...tree('cc') });
    await promises.chmod(cwd, 0o755);
    await promises.chmod(join(cwd, 't/aa'), 0);
    await promises.chmod(join(cwd, 't/bb/debian'), 0);
    process.seteuid?.('nobody');
    try {
      expect(await readTree(cwd)).toEqual({
        sources: ['cc'],
        said: [
          "error: cannot read 't/aa': permission denied",
          "error: cannot read 't/bb/debian': permission denied",
        ],
      });
    } finally {
      process.seteuid?.(0);
    }
  });
});

describe.each([
  ['a small file', 'old text\n'],
  ['a large file', `old text\n${'x'.repeat(100_000)}`],
])('%s that somebody writes to while it is read', (_, text) => {
  const read = async (mayGrow: boolean, change: (path: string) => void): Promise<string> => {
    const path = join(makeTree({ S: text }), 'S');
    meanwhile.work = () => {
      change(path);
    };
    const said: Diagnostic[] = [];
    const found = await readInputFile({ label: 'S', path }, (one) => said.push(one), { mayGrow });
    return found === undefined ? said.map(({ code }) => code).join() : Buffer.from(found.bytes).toString();
  };

  it('is refused where it grows, shrinks or changes, with no half of it used', async () => {
    const grow = (path: string): void => {
      writeFileSync(path, 'more\n', { flag: 'a' });
    };
    expect(await read(false, grow)).toBe('changed-file');
    expect(await read(true, grow)).toMatch(/^old text\n/);
    const shrink = (path: string): void => {
      truncateSync(path, 4);
    };
    expect([await read(false, shrink), await read(true, shrink)]).toEqual(['changed-file', 'changed-file']);
  });

  it('is read as it was where it is replaced as a whole or removed', async () => {
    const replace = (path: string): void => {
      writeFileSync(`${path}.new`, 'new text\n');
      renameSync(`${path}.new`, path);
    };
    expect(await read(false, replace)).toBe(text);
    expect(await read(false, rmSync)).toBe(text);
  });
});

describe('a settings file', () => {
  it('that is not UTF-8 is refused with the line, and is not said to be read', async () => {
    const path = join(makeTree({ 'b.yaml': Buffer.from('- a\n- \xfc\n', 'latin1') }), 'b.yaml');
    const error: unknown = await readTextFile(path).catch((caught: unknown) => caught);
    expect(error instanceof UserError && error.diagnostics).toMatchObject([
      { code: 'not-utf8', severity: 'error', message: "'b.yaml' is not UTF-8", location: { line: 2 } },
    ]);
  });
});
