import { parseBytes, parseDuration } from '../base/quantity.ts';
import { isArchitecture } from '../debian/architecture.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

/** A whole number within bounds. @throws UserError */
export function wholeNumber(option: string, text: string, [least, most]: readonly [number, number]): number {
  const value = Number(text);
  if (/^\d{1,15}$/.test(text) && value >= least && value <= most) return value;
  throw usage(
    `--${option} ${text} is no whole number from ${least} to ${most}`,
    `such as --${option} ${least + 1}`,
  );
}

/** A time with its unit, at least a second. @throws UserError */
export function duration(option: string, text: string): number {
  if (/^\s*[\d.]+\s*$/.test(text))
    throw usage(`--${option} ${text} has no unit`, `such as --${option} ${text}h or --${option} ${text}m`);
  const value = parseDuration(text);
  if (value !== undefined && value >= LEAST_MS) return value;
  throw usage(`--${option} ${text} is no time of a second or more`, `such as --${option} 2h30m`);
}

const LEAST_MS = 1000;

/** A size with its unit, at least a KiB. @throws UserError */
export function size(option: string, text: string): number {
  if (/^\s*[\d.]+\s*$/.test(text))
    throw usage(
      `--${option} ${text} has no unit`,
      `such as --${option} ${text}MiB or --${option} ${text}GiB`,
    );
  const value = parseBytes(text);
  if (value !== undefined && value >= LEAST_BYTES) return value;
  throw usage(`--${option} ${text} is no size of 1 KiB or more`, `such as --${option} 512MiB`);
}

const LEAST_BYTES = 1024;

/**
 * Texts of the form `[ARCH=]VALUE`, by architecture; the empty name stands for all that have no own.
 * @throws UserError for a wrong architecture, one that is named twice, and an empty value
 */
export function byArchitecture(option: string, texts: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const text of texts) {
    const [, arch = '', value = ''] = /^(?:([a-z0-9-]+)=)?(.*)$/s.exec(text) ?? [];
    if (arch !== '' && !isArchitecture(arch)) throw unknownArchitecture(`--${option} ${text}`, arch);
    if (value === '') throw usage(`--${option} ${text} has no value`, `--${option} [ARCH=]VALUE`);
    if (values.has(arch))
      throw usage(
        `--${option}: ${arch === '' ? 'two values for all architectures' : `two values for ${arch}`}`,
        'leave one out',
      );
    values.set(arch, value);
  }
  return values;
}

/** Names separated by commas, in several texts; without doubles. @throws UserError for an empty one */
export function namesIn(option: string, texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) => text.split(',').map((name) => name.trim()));
  if (names.includes(''))
    throw usage(`--${option} ${texts.join(' ')}: a name is empty`, 'leave out the comma');
  return [...new Set(names)];
}
