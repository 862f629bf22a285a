import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a file in a folder that builds could write to: whatever lies there under its name, a link to somewhere else or a
 * folder, makes way and is not followed.
 */
export async function replaceFile(folder: string, name: string, text: string): Promise<void> {
  const [path, temporary] = [join(folder, name), join(folder, `.${name}.new`)];
  await rm(temporary, { recursive: true, force: true });
  const file = await open(temporary, 'wx', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rm(path, { recursive: true, force: true });
  await rename(temporary, path);
}

/** Waits until a folder is on the disk: the names in it and, unless told otherwise, the plain files. */
export async function syncFolder(folder: string, withFiles = true): Promise<void> {
  if (withFiles) {
    for (const entry of await readdir(folder, { withFileTypes: true }))
      if (entry.isFile()) await syncPath(join(folder, entry.name));
  }
  await syncPath(folder);
}

async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
