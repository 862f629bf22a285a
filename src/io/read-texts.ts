import { resolve } from 'node:path';
import { at } from '../base/column.ts';
import { labelPaths } from './labels.ts';
import { readTextFile, type TextFile } from './read-text.ts';

/**
 * Reads several text files as `readTextFile` does. Names of files that are called alike have as many folders in front as it takes
 * to tell them apart.
 * @returns one a path, in their order; a file that is named twice has the same name twice
 * @throws UserError when one can't be read
 */
export async function readTextFiles(paths: readonly string[]): Promise<readonly TextFile[]> {
  const files = [...new Set(paths.filter((path) => path !== '-').map((path) => resolve(path)))];
  const labels = labelPaths(files);
  const texts: TextFile[] = [];
  for (const path of paths) {
    const text = await readTextFile(path);
    const file = files.indexOf(resolve(path));
    texts.push(path === '-' ? text : { ...text, name: at(labels, file) });
  }
  return texts;
}
