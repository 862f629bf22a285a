import type { Diagnostic } from '../base/diagnostic.ts';
import { UserError } from '../base/diagnostic.ts';
import { parseBytes } from '../base/quantity.ts';
import type { Builder } from './problem.ts';

const KEYS = ['name', 'arch', 'slots', 'ram-disk', 'memory', 'jobs', 'speed'] as const;
const EXAMPLE = 'name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,memory=96GiB,jobs=4,speed=1';

/**
 * Reads a builder as `--builder` gives it: `name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,jobs=4`. `arch` is required;
 * left out, slots is 1, ram-disk 0 (all builds on disk), memory no limit, jobs 1, speed 1, and the name is the architecture.
 * @throws UserError for a part that can't be read
 */
export function parseBuilder(text: string): Builder {
  const fields = new Map<string, string>();
  for (const part of text.split(',')) {
    const cut = part.indexOf('=');
    if (cut < 0) throw bad(text, `'${part}' has no '='`);
    fields.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim());
  }
  return readBuilder(fields, text);
}

/**
 * Reads a builder from named fields, as a `--builders` file has them.
 * @param described what to call the entry in messages
 * @throws UserError
 */
export function readBuilder(fields: ReadonlyMap<string, string>, described: string): Builder {
  for (const key of fields.keys()) {
    if (!KEYS.some((known) => known === key)) throw bad(described, `'${key}' is none of ${KEYS.join(', ')}`);
  }
  const arch = fields.get('arch');
  if (arch === undefined || arch === '') throw bad(described, 'arch= is missing');
  const name = fields.get('name') ?? arch;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw bad(described, `'${name}' is no builder name: letters, digits, '.', '_' and '-'`);
  }
  return {
    name,
    arch,
    slots: integer(fields, 'slots', 1, described),
    ramDiskBytes: bytes(fields, 'ram-disk', 0, described),
    memoryBytes: bytes(fields, 'memory', Infinity, described),
    makeJobs: integer(fields, 'jobs', 1, described),
    speed: speed(fields, described),
  };
}

function integer(
  fields: ReadonlyMap<string, string>,
  key: string,
  missing: number,
  described: string,
): number {
  const text = fields.get(key);
  if (text === undefined) return missing;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 4096) {
    throw bad(described, `${key}=${text} is no number from 1 to 4096`);
  }
  return value;
}

function bytes(fields: ReadonlyMap<string, string>, key: string, missing: number, described: string): number {
  const text = fields.get(key);
  if (text === undefined) return missing;
  const value = parseBytes(text);
  if (value !== undefined) return value;
  const isChroots = key === 'ram-disk' && /[*+]/.test(text);
  throw bad(
    described,
    isChroots
      ? `ram-disk=${text}: chroots of fixed sizes can't be planned yet; give the sum as one budget`
      : `${key}=${text} is no size such as 64GiB`,
  );
}

function speed(fields: ReadonlyMap<string, string>, described: string): number {
  const text = fields.get('speed');
  if (text === undefined) return 1;
  const value = Number(text);
  if (!/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) || !(value >= 0.01 && value <= 100))
    throw bad(described, `speed=${text} is no factor from 0.01 to 100`);
  return value;
}

function bad(described: string, problem: string): UserError {
  const diagnostic: Diagnostic = {
    code: 'bad-builder',
    severity: 'error',
    message: `builder '${described}': ${problem}`,
    hint: `a builder looks like --builder ${EXAMPLE}`,
  };
  return new UserError([diagnostic]);
}
