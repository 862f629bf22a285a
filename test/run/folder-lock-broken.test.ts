import { describe, expect, it } from 'vitest';
import { FolderLock } from '../../src/run/folder-lock.ts';

describe('the lock of a work folder', () => {
  it('is given back where nobody can write down who holds it', async () => {
    // can be locked, and takes no byte
    const take = (): Promise<FolderLock> =>
      FolderLock.take(
        '/dev/full',
        () => 0,
        () => undefined,
      );
    await expect(take()).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(take()).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});
