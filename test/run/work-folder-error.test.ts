import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { unwritablePath } from '../../src/io/diagnostics.ts';
import { workFolderError } from '../../src/run/work-folder-error.ts';

const WORK = { root: '/srv/run' };

function said(error: unknown): readonly string[] {
  const mapped = workFolderError(error, WORK);
  if (!(mapped instanceof UserError)) return ['it is a bug'];
  return mapped.diagnostics.flatMap(({ code, message, hint = '' }) => [code, message, hint]);
}

describe("what a work folder's disk refuses", () => {
  it.each([
    ['ENOSPC', 'no space left'],
    ['EROFS', 'the file system is read-only'],
    ['EDQUOT', 'the quota is used up'],
    ['EIO', 'the disk or device fails'],
  ])('is no bug: %s', (code, words) => {
    const error = Object.assign(new Error(code), { code, path: '/srv/run/attempts/a.1' });
    const [first, message, hint] = said(error);
    expect(first).toBe('broken-work-folder');
    expect(message).toContain(`${words}: '/srv/run/attempts/a.1'`);
    expect(hint).toContain('debplan run --resume --work /srv/run');
  });

  it('has no hint of another command', () => {
    const lines = said(new UserError([unwritablePath('/srv/run/actual.json', 'no space left')]));
    expect(lines.join(' ')).not.toContain('name another place');
    expect(lines[1]).toBe("cannot write '/srv/run/actual.json': no space left");
  });

  it('leaves other errors as they are', async () => {
    expect(said(new TypeError('undefined is no function'))).toEqual(['it is a bug']);
    const other = unwritablePath('/elsewhere', 'no space left');
    expect(said(new UserError([other]))).toContain(other.hint);
    const missing = await writeFile('/nowhere/a', '').catch((error: unknown) => error);
    expect(said(missing)).toEqual(['it is a bug']);
  });
});
