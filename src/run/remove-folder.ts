import { rmdir } from 'node:fs/promises';
import type { Report } from '../base/diagnostic.ts';
import { systemCode, systemReason } from '../io/system-error.ts';
import { leftFolder, stillMounted } from './here/diagnostics.ts';
import { mountsBelow } from './here/mounts.ts';
import { runTool } from './run-tool.ts';

/**
 * Removes a folder with all that is in it, but nothing that is mounted there. Where this user may not, a chroot of sbuild's own
 * users is removed as root of their namespace.
 */
export async function removeFolder(path: string, report: Report): Promise<void> {
  try {
    await rmdir(path); // nearly always empty
    return;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
  }
  const [inner] = await mountsBelow(path);
  if (inner !== undefined) {
    report(stillMounted(inner, 'it is in use'));
    return;
  }
  const words = ['-rf', '--one-file-system', '--', path];
  const removed = await runTool('rm', words);
  if (removed.isDone) return;
  const inside = await runTool('unshare', ['--map-root-user', '--map-auto', '--', 'rm', ...words]);
  if (inside.isDone) return;
  await rmdir(path).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') report(leftFolder(path, systemReason(error)));
  });
}
