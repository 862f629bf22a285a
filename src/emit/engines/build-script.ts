import type { Plan } from '../../plan/plan.ts';
import { buildCommands } from '../command/build-commands.ts';
import type { EmitOptions, EmittedFile } from '../emitter.ts';
import type { EngineUnit } from './engine-units.ts';

/**
 * The script that engines call with the name of a unit. It alone holds what a plan says in its own words; so the files of the
 * engines hold nothing but names that are safe in them.
 * @param folder where the engine's files are: each has its own, since they may build in other modes
 * @param units all of them, with the modes that they are built in
 */
export function buildScript(
  folder: string,
  plan: Plan,
  units: readonly EngineUnit[],
  options: EmitOptions,
): EmittedFile {
  const commands = buildCommands(plan, options, units);
  const arms = units.map(({ task, slug }) => `${slug})\n${commands.get(task.id) ?? ''}\n;;\n`);
  return { path: `${folder}/build-unit`, content: [HEAD, ...arms, TAIL].join(''), isExecutable: true };
}

const HEAD = `#!/bin/sh
# Builds one unit of the plan: ./build-unit NAME
# Its output goes to log/NAME.log; done/NAME is made when it has succeeded, and never else. Both are made beside this script,
# and the builder command is run there.
name=\${1-}
case $name in
'' | [!A-Za-z0-9]* | *[!A-Za-z0-9._+-]*)
  echo 'usage: ./build-unit NAME' >&2
  exit 64
  ;;
esac
cd "$(dirname -- "$0")" || exit
# what make tells its own children is not meant for those that the builder starts
unset MAKEFLAGS MFLAGS MAKELEVEL MAKE_TERMOUT MAKE_TERMERR

build() {
case $name in
`;

const TAIL = `*)
  echo "there is no unit $name in this plan"
  return 64
  ;;
esac
}

mkdir -p done log || exit
if (build) >"log/$name.log" 2>&1 </dev/null; then
  : >"done/$name"
else
  status=$?
  {
    echo "$name: failed with $status; the end of log/$name.log:"
    tail -n 15 "log/$name.log"
  } >&2
  exit "$status"
fi
`;
