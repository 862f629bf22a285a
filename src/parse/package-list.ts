import type { Location } from '../base/diagnostic.ts';
import type { ProducedBinary } from '../debian/package.ts';
import { checkArchitecture, COMMON_ARCHITECTURES } from './architecture-field.ts';
import { badPackageList } from './diagnostics.ts';
import { placesIn, valueLocation, valueText, type Field } from './field.ts';
import { isPackageName } from './package-name.ts';
import type { ParseContext } from './parse-context.ts';

/**
 * The binaries of a `Package-List`, udebs left out:
 * `name type section priority arch=any,all profile=!nocheck+cross,stage1 essential=yes`.
 * Lines that are none are reported and left out.
 * @see deb-src-control(5)
 */
export function parsePackageList(
  field: Field,
  file: string,
  context: ParseContext,
): readonly ProducedBinary[] {
  const list = { text: valueText(field), field, file };
  const binaries: ProducedBinary[] = [];
  let line = field.valueLine;
  for (let start = 0; start < list.text.length; line++) {
    const lineEnd = list.text.indexOf('\n', start);
    const end = lineEnd === -1 ? list.text.length : lineEnd;
    const binary = readRow(list, start, end, line, context);
    if (binary !== undefined) binaries.push(binary);
    start = end + 1;
  }
  return binaries;
}

/** A binary of which the input tells the name alone. */
export function namedBinary(name: string, file: string, line: number): ProducedBinary {
  return listedBinary(name, undefined, NO_PROFILES, false, { file, line });
}

/** A binary as a list can tell of it: without relations. */
function listedBinary(
  name: string,
  architectures: readonly string[] | undefined,
  profiles: ProducedBinary['profiles'],
  essential: boolean,
  location: Location,
): ProducedBinary {
  return {
    name,
    architectures,
    profiles,
    essential,
    multiArch: 'no',
    preDepends: undefined,
    depends: undefined,
    provides: undefined,
    conflicts: undefined,
    breaks: undefined,
    location,
  };
}

/** A list's value, without comments, and where it stands. */
interface List {
  readonly text: string;
  readonly field: Field;
  readonly file: string;
}

/** Name, type, section, priority, extras. Expressions are ready at once; loops in their place take longer to compile. */
const ROW = /^\s*(\S+)\s+(\S+)\s+\S+\s+\S+(.*)$/s;
const ARCH = 'arch=';
const BLANKS = /\s+/;
const NO_PROFILES: readonly never[] = [];

/** Reads the row in `start .. end`. */
function readRow(
  list: List,
  start: number,
  end: number,
  line: number,
  context: ParseContext,
): ProducedBinary | undefined {
  const row = list.text.slice(start, end);
  const match = ROW.exec(row);
  const name = match?.[1];
  if (match === null || name === undefined || !isPackageName(name)) {
    const indent = row.search(/\S/);
    if (indent !== -1) context.report(badPackageList(placeIn(list, start + indent), row));
    return undefined;
  }
  if (match[2] === 'udeb') return undefined;
  let architectures: readonly string[] | undefined;
  let profiles: readonly (readonly string[])[] = NO_PROFILES;
  let essential = false;
  for (const extra of (match[3] ?? '').split(BLANKS)) {
    if (extra.startsWith(ARCH)) architectures = readArchs(list, start + row.indexOf(extra), extra, context);
    else if (extra === 'essential=yes') essential = true;
    else if (extra.startsWith('profile')) profiles = readFormula(extra.slice(extra.indexOf('=') + 1));
  }
  return listedBinary(name, architectures, profiles, essential, { file: list.file, line });
}

/** The architectures of `arch=any,all`, which begins at `start`; those that dpkg doesn't know are reported. */
function readArchs(list: List, start: number, extra: string, context: ParseContext): readonly string[] {
  const value = extra.slice(ARCH.length);
  const common = COMMON_ARCHITECTURES.get(value);
  if (common !== undefined) return common;
  const archs = value.split(',').filter((arch) => arch !== '');
  let index = start + ARCH.length;
  for (const arch of archs) {
    index = list.text.indexOf(arch, index);
    const place = index;
    checkArchitecture(arch, () => placeIn(list, place), 'Package-List', context);
    index += arch.length;
  }
  return archs;
}

function placeIn({ text, field, file }: List, index: number): Location {
  return placesIn(text, valueLocation(field, file))(index);
}

/** `!x+y,z` is `<!x y> <z>`. */
function readFormula(value: string): readonly (readonly string[])[] {
  return value
    .split(',')
    .map((terms) => terms.split('+').filter((term) => term !== ''))
    .filter((terms) => terms.length > 0);
}
