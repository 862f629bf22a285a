import type { Location } from '../base/diagnostic.ts';
import type { ProducedBinary } from '../debian/package.ts';
import { checkArchitecture } from './architecture-field.ts';
import { badPackageList } from './diagnostics.ts';
import { valueText, type Field } from './field.ts';
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
  const binaries: ProducedBinary[] = [];
  let line = field.valueLine;
  let column = field.valueColumn;
  for (const row of valueText(field).split('\n')) {
    const binary = readRow(row, { file, line, column }, context);
    if (binary !== undefined) binaries.push(binary);
    line++;
    column = 1;
  }
  return binaries;
}

/** A binary of which the input tells the name alone. */
export function namedBinary(name: string, file: string, line: number): ProducedBinary {
  return {
    name,
    architectures: undefined,
    profiles: [],
    essential: false,
    multiArch: 'no',
    preDepends: undefined,
    depends: undefined,
    provides: undefined,
    conflicts: undefined,
    breaks: undefined,
    location: { file, line },
  };
}

function readRow(row: string, start: Required<Location>, context: ParseContext): ProducedBinary | undefined {
  const { file, line } = start;
  const [name, type, section, priority, ...extras] = row.split(/\s+/).filter((word) => word !== '');
  if (name === undefined) return undefined;
  if (type === undefined || section === undefined || priority === undefined || !isPackageName(name)) {
    context.report(badPackageList({ file, line, column: start.column + row.search(/\S/) }, row));
    return undefined;
  }
  if (type === 'udeb') return undefined;
  let architectures: readonly string[] | undefined;
  let profiles: readonly (readonly string[])[] = [];
  let essential = false;
  for (const extra of extras) {
    const equals = extra.indexOf('=');
    const key = extra.slice(0, Math.max(equals, 0));
    const value = extra.slice(equals + 1);
    if (key === 'arch') {
      architectures = value.split(',').filter((arch) => arch !== '');
      for (const arch of architectures)
        checkArchitecture(arch, () => placeOfWord(row, arch, start), 'Package-List', context);
    } else if (key === 'essential') essential = value === 'yes';
    else if (key === 'profile' || key.startsWith('profile:')) profiles = readFormula(value);
  }
  return { ...namedBinary(name, file, line), architectures, profiles, essential };
}

/** Where an architecture stands in a row: behind `arch=` or a comma, before a comma, a blank or the end. */
function placeOfWord(row: string, arch: string, start: Required<Location>): Location {
  const from = row.indexOf('arch=');
  let index = row.indexOf(arch, from);
  while (
    index !== -1 &&
    !(/[=,]/.test(row.charAt(index - 1)) && /^[\s,]?$/.test(row.charAt(index + arch.length)))
  )
    index = row.indexOf(arch, index + 1);
  return { ...start, column: start.column + index };
}

/** `!x+y,z` is `<!x y> <z>`. */
function readFormula(value: string): readonly (readonly string[])[] {
  return value
    .split(',')
    .map((terms) => terms.split('+').filter((term) => term !== ''))
    .filter((terms) => terms.length > 0);
}
