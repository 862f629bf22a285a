import { at } from '../../base/column.ts';
import { ramDiskMebibytes } from '../mebibytes.ts';
import type { CiUnit } from './ci-units.ts';
import { handedOn } from './handed-on.ts';
import { CAN_PUBLISH, collectResults, PUBLISH } from './results.ts';

/** What the script is made of. */
export interface ScriptUnits {
  readonly units: readonly CiUnit[];
  /** Whether builds find the packages of others in a folder; else in a repository. */
  readonly areHandedOn: boolean;
}

/**
 * A script that knows how each unit is built: `units.sh needs UNIT` writes which artifacts it needs, as patterns;
 * `units.sh build UNIT` builds it with those in `debplan-needs/` and leaves what it made in `results/`.
 */
export function unitsScript({ units, areHandedOn }: ScriptUnits): string {
  const needs = areHandedOn ? handedOn(units) : [];
  const cases = units.map((unit, place) =>
    caseText(unit, needs[place]?.map((need) => at(units, need).slug) ?? []),
  );
  return [
    '#!/bin/sh',
    '# Builds one unit of a plan: units.sh build UNIT. Made by debplan.',
    'set -eu',
    'unit=$2',
    'case $unit in',
    ...cases,
    '*)',
    '  echo "units.sh: no unit is called $unit" >&2',
    '  exit 2',
    '  ;;',
    'esac',
    '',
    ...(areHandedOn ? [...NEEDS_COMMAND, ...FIND_PACKAGES] : [...NO_NEEDS_COMMAND, ...NO_PACKAGES]),
    'export DEBPLAN_PACKAGES="$PWD/packages" DEBPLAN_RESULTS="$PWD/results"',
    'export DEBPLAN_MODE="$mode" DEBPLAN_RAM_DISK_MIB="$ram_disk_mib"',
    // not `build || …`: that would make the shell go on after a failed line of the command
    'set +e',
    '(set -e +u; build)',
    'status=$?',
    'set -e',
    collectResults('mv -f', 'results'),
    // an artifact needs a file, and that it is there says that the unit was built
    '[ "$status" -ne 0 ] || echo "$unit" > results/built',
    ...(areHandedOn ? [] : [`[ "$status" -ne 0 ] || ${PUBLISH}`]),
    'exit "$status"',
    '',
  ].join('\n');
}

/** What downloads artifacts takes a pattern of 64 KiB; a slug has up to 100 letters. */
const MOST_IN_PATTERN = 500;

/** How many patterns the unit with the most needs has, and one at least; 0 where none is handed on. */
export function downloadsOf({ units, areHandedOn }: ScriptUnits): number {
  if (!areHandedOn) return 0;
  const most = handedOn(units).reduce((sofar, { length }) => Math.max(sofar, length), 1);
  return Math.ceil(most / MOST_IN_PATTERN);
}

const NEEDS_COMMAND: readonly string[] = [
  'if [ "$1" = needs ]; then',
  '  # shellcheck disable=SC2086',
  '  set -- $needs',
  '  number=1',
  '  while [ "$#" -gt 0 ]; do',
  '    pattern=$1 count=1',
  '    shift',
  `    while [ "$#" -gt 0 ] && [ "$count" -lt ${String(MOST_IN_PATTERN)} ]; do`,
  '      pattern="$pattern,$1" count=$((count + 1))',
  '      shift',
  '    done',
  '    [ "$count" -eq 1 ] || pattern="{$pattern}"',
  '    echo "needs-$number=$pattern"',
  '    number=$((number + 1))',
  '  done',
  '  exit',
  'fi',
];

const FIND_PACKAGES: readonly string[] = [
  'rm -rf packages results',
  'mkdir packages results',
  'for need in $needs; do',
  '  [ -f "debplan-needs/$need/built" ] || { echo "units.sh: $need, which $unit needs, was not built" >&2; exit 1; }',
  `  find "debplan-needs/$need" -name '*.deb' -exec ln -f {} packages/ ';'`,
  'done',
];

const NO_NEEDS_COMMAND: readonly string[] = ['[ "$1" = build ] || exit'];

const NO_PACKAGES: readonly string[] = [CAN_PUBLISH, 'rm -rf packages results', 'mkdir packages results'];

/** The command's lines stay as they are where there are several: a here-document may be among them. */
function caseText({ slug, task, command }: CiUnit, needs: readonly string[]): string {
  return [
    `${slug})`,
    `  mode=${task.mode} ram_disk_mib=${String(ramDiskMebibytes(task))} needs='${needs.join(' ')}'`,
    '  build() {',
    command.includes('\n') ? command : `    ${command}`,
    '  }',
    '  ;;',
  ].join('\n');
}
