import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../base/diagnostic.ts';
import type { Attempt } from '../attempt.ts';
import { resultFolder, type WorkFolder } from '../work-folder.ts';
import { stillMounted } from './diagnostics.ts';
import { mountsBelow, unmount } from './mounts.ts';

/**
 * Looks whether a build that has ended left the folder for its packages as it was, and unmounts what it has mounted anywhere in its
 * attempt's folder.
 * @returns what it did instead, for people; undefined: all is well, or its packages are among the results already
 */
export async function checkOut(
  { folder, slug }: Pick<Attempt, 'folder' | 'slug'>,
  work: WorkFolder,
  report: Report,
): Promise<string | undefined> {
  const out = join(folder, 'out');
  const isMounted = (await mountsBelow(out)).length > 0;
  const unmounted = await unmount(folder);
  if (typeof unmounted === 'object') report(stillMounted(folder, unmounted.reason));
  if (isMounted) return 'it mounted something on the folder for its packages, or in it';
  const found = await kindOf(out);
  if (found === 'folder') return undefined;
  if (found === 'else') return 'it put something else in the place of the folder for its packages';
  if ((await kindOf(resultFolder(work, slug))) === 'folder') return undefined;
  return 'it removed the folder for its packages';
}

async function kindOf(path: string): Promise<'folder' | 'else' | undefined> {
  const found = await lstat(path).catch(() => undefined); // gone, or a part of the way is no folder
  if (found === undefined) return undefined;
  return found.isDirectory() ? 'folder' : 'else';
}
