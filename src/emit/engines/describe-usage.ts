/**
 * How to run a plan with an engine that keeps `done/NAME` of each build, as lines of a comment.
 * @param command what starts the engine: `./run`
 */
export function describeUsage(command: string): readonly string[] {
  const one = `${command} done/NAME`;
  const row = (typed: string, does: string): string => `  ${typed.padEnd(one.length + 4)} ${does}`;
  return [
    'Builds the plan; made by debplan.',
    '',
    row(command, 'what is not built yet; call it again to go on after a failure'),
    row(one, 'one build and what it needs'),
    row('rm done/NAME', `and ${command}: once more, with all that depends on it`),
    '',
    'A failure stops only what depends on it. The output of a build is in log/NAME.log.',
  ];
}
