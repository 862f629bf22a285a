import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { systemCode } from './system-error.ts';

/** The text of a built file, and its hash as `Content-Security-Policy` wants it. */
export interface BuiltFile {
  readonly text: string;
  readonly hash: string;
}

/** The report's script and style sheet. @throws Error when they were not built */
export async function readPage(): Promise<{ readonly script: BuiltFile; readonly style: BuiltFile }> {
  const [script, style] = await Promise.all([readBuilt('page.js'), readBuilt('page.css')]);
  return { script, style };
}

/** Beside this file's folder in `dist/`; where this file is run from `src/` they still lie there. */
const PLACES = ['../report/', '../../dist/src/report/'];

async function readBuilt(name: string): Promise<BuiltFile> {
  for (const place of PLACES) {
    const text = await readIfThere(new URL(place + name, import.meta.url));
    if (text !== undefined)
      return { text, hash: `sha256-${createHash('sha256').update(text).digest('base64')}` };
  }
  throw new Error(`BUG: ${name} is missing: npm run build`);
}

async function readIfThere(place: URL): Promise<string | undefined> {
  try {
    return await readFile(place, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
