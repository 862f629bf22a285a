import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError, type Report } from '../base/diagnostic.ts';
import { textNotUtf8 } from './diagnostics.ts';
import { readInputFile } from './read-file.ts';
import { systemCode } from './system-error.ts';
import { decodeText, firstLineNotUtf8 } from './text-pieces.ts';

/** A settings file as text, with what the plan notes about it. */
export interface TextFile {
  /** Base name; never a path. */
  readonly name: string;
  readonly sha256: string;
  readonly text: string;
}

/** Reads one text file, plain or compressed; `-` is standard input. @throws UserError when it can't be read */
export async function readTextFile(path: string): Promise<TextFile> {
  const name = path === '-' ? 'standard input' : basename(path);
  const refuse: Report = (diagnostic) => {
    throw new UserError([diagnostic]);
  };
  const content = await readInputFile({ label: name, path }, refuse, { mayGrow: true });
  if (content === undefined) throw new Error(`BUG: ${path} was neither read nor refused`);
  const line = firstLineNotUtf8(content.bytes);
  if (line !== undefined) refuse(textNotUtf8(name, line));
  return { name, sha256: content.sha256, text: decodeText(content.bytes, name, refuse) };
}

/** `readTextFile`, but undefined where there is no such file. */
export async function readTextIfThere(path: string): Promise<TextFile | undefined> {
  try {
    await access(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
  }
  return readTextFile(path);
}
