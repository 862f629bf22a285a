/** A fenced block of a README whose commands can be run. */
export interface Block {
  /** Of the fence's first line in the file, from 1. */
  readonly line: number;
  readonly commands: readonly Command[];
}

export interface Command {
  /** As a shell gets it: continued lines joined by line ends. */
  readonly text: string;
  /** As it stands in the README. */
  readonly lines: readonly string[];
  /** What is shown to be printed, a line end after each line; undefined: a command without an answer. */
  readonly output: string | undefined;
}

const FENCE = /^```(\w*)$/;

/**
 * Fenced blocks that show commands: in a `console` block a command follows `$ ` and its output stands below; in a `sh` block
 * each line is a command, with a comment behind ` # ` if wanted. A backslash at the end of a line continues it.
 */
export function findBlocks(readme: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { line: number; language: string; lines: string[] } | undefined;
  for (const [index, line] of readme.split('\n').entries()) {
    const fence = FENCE.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === undefined) open = { line: index + 1, language: fence[1] ?? '', lines: [] };
    else {
      if (open.language === 'console') blocks.push({ line: open.line, commands: readSession(open.lines) });
      if (open.language === 'sh') blocks.push({ line: open.line, commands: readScript(open.lines) });
      open = undefined;
    }
  }
  return blocks;
}

/** The README with what was printed in place of what it shows. */
export function joinBlocks(readme: string, blocks: readonly Block[]): string {
  const lines = readme.split('\n');
  for (const { line, commands } of [...blocks].reverse()) {
    const end = lines.indexOf('```', line);
    const printed = commands.flatMap(({ lines: typed, output = '' }) => [
      ...typed,
      ...output.split('\n').slice(0, -1),
    ]);
    lines.splice(line, end - line, ...printed);
  }
  return lines.join('\n');
}

/** What is shown where `…` alone on a line stands for any lines, if that is what was printed; else what was printed. */
export function abridge(shown: string, printed: string): string {
  const pieces = shown.split(/^…\n/m);
  let place = 0;
  for (const [index, piece] of pieces.entries()) {
    const found = index === 0 ? (printed.startsWith(piece) ? 0 : -1) : printed.indexOf(piece, place);
    if (found < 0) return printed;
    place = found + piece.length;
  }
  const isWhole =
    pieces.at(-1) === '' ? pieces.length > 1 || printed === '' : printed.endsWith(pieces.at(-1) ?? '');
  return isWhole ? shown : printed;
}

function readSession(lines: readonly string[]): readonly Command[] {
  const commands: { lines: string[]; output: string }[] = [];
  let isContinued = false;
  for (const line of lines) {
    const last = commands.at(-1);
    if (line.startsWith('$ ')) commands.push({ lines: [line], output: '' });
    else if (isContinued) last?.lines.push(line);
    else if (last !== undefined) last.output += `${line}\n`;
    isContinued = line.endsWith('\\') && (line.startsWith('$ ') || isContinued);
  }
  return commands.map((command) => ({ ...command, text: command.lines.join('\n').slice(2) }));
}

function readScript(lines: readonly string[]): readonly Command[] {
  const commands: string[][] = [];
  let isContinued = false;
  for (const line of lines) {
    if (isContinued) commands.at(-1)?.push(line);
    else commands.push([line]);
    isContinued = line.endsWith('\\');
  }
  return commands.map((own) => ({ text: own.join('\n'), lines: own, output: undefined }));
}
