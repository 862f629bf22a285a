import { basename } from 'node:path';
import { parseDocument } from 'yaml';
import { UserError, type Report } from '../base/diagnostic.ts';
import { readBuilder } from '../dispatch/parse-builder.ts';
import type { Builder } from '../dispatch/problem.ts';
import type { EstimateOverride } from '../estimate/estimate.ts';
import { parseEstimates } from '../estimate/parse-estimates.ts';
import { readInputFile } from './read-file.ts';
import { decodeText } from './text-pieces.ts';

/** A settings file that was read, with what the plan notes about it. */
export interface Settings<T> {
  readonly value: T;
  readonly file: { readonly name: string; readonly sha256: string };
}

/** Reads an `--estimates` file. @throws UserError when the file can't be read */
export async function readEstimates(
  path: string,
  report: Report,
): Promise<Settings<readonly EstimateOverride[]>> {
  const { text, sha256, name } = await readText(path);
  return { value: parseEstimates(text, name, report), file: { name, sha256 } };
}

/**
 * Reads a `--builders` file: a YAML list of builders with the keys of `--builder`, or the same under `builders:`.
 * @throws UserError when the file or an entry can't be read
 */
export async function readBuilders(path: string): Promise<Settings<readonly Builder[]>> {
  const { text, sha256, name } = await readText(path);
  const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) throw bad(name, error.message.split('\n')[0] ?? 'bad YAML');
  const value: unknown = document.toJS();
  const entries: unknown = Array.isArray(value) ? value : fieldsOf(value).get('builders');
  if (!Array.isArray(entries)) throw bad(name, 'a list of builders is expected');
  const builders = entries.map((entry: unknown, index) => {
    const fields = new Map<string, string>();
    for (const [key, field] of fieldsOf(entry)) fields.set(key, typeof field === 'string' ? field : '');
    return readBuilder(fields, `${name} ${String(index + 1)}`);
  });
  return { value: builders, file: { name, sha256 } };
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

async function readText(path: string): Promise<{ text: string; sha256: string; name: string }> {
  const name = path === '-' ? 'standard input' : basename(path);
  const report: Report = (diagnostic) => {
    throw new UserError([diagnostic]);
  };
  const content = await readInputFile({ label: name, path }, report);
  if (content === undefined) throw new Error(`BUG: ${path} was not read and not reported`);
  return { text: decodeText(content.bytes, name, report), sha256: content.sha256, name };
}

function bad(name: string, problem: string): UserError {
  return new UserError([
    {
      code: 'bad-builders-file',
      severity: 'error',
      message: `${name}: ${problem}`,
      hint: "entries look like '- {name: x86-1, arch: amd64, slots: 8, ram-disk: 64GiB}'",
    },
  ]);
}
