import { basename } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { formatBytes } from '../base/quantity.ts';
import { IS_FOLDER, readingHint, writingHint } from './system-reasons.ts';

/** A path of the command line, or a file below one, can't be read. */
export function unreadablePath(path: string, reason: string): Diagnostic {
  if (reason === IS_FOLDER) {
    return {
      code: 'unreadable-path',
      severity: 'error',
      message: `'${path}' is a folder, and a file is wanted`,
      hint: `name a file in it; of a folder of logs 'debplan learn ${path} --history FILE' makes a history`,
    };
  }
  return {
    code: 'unreadable-path',
    severity: 'error',
    message: `cannot read '${path}': ${reason}`,
    hint: readingHint(path, reason),
  };
}

/** Compressed data end too early or fail their checksum. */
export function damagedFile(file: string, compression: string, reason: string): Diagnostic {
  return {
    code: 'damaged-file',
    severity: 'error',
    message: `cannot unpack '${file}': its ${compression} data are cut short or damaged (${reason})`,
    location: { file, line: 1 },
    hint: 'fetch the file again; nothing of it was used',
  };
}

/** Somebody wrote to a file while it was read. */
export function changedFile(file: string): Diagnostic {
  return {
    code: 'changed-file',
    severity: 'error',
    message: `'${file}' was changed while it was read; nothing of it was used`,
    location: { file, line: 1 },
    hint: 'run the command again when the file is complete; writers had better make a new file and rename it',
  };
}

/** A folder holds none of the things that can be read from a folder. */
export function emptyFolder(path: string): Diagnostic {
  return {
    code: 'empty-folder',
    severity: 'error',
    message: `'${path}' holds no debian/control, no .dsc and no debian_build_layer.cfg`,
    hint: 'name Sources and Packages indexes themselves: they are not looked for in folders',
  };
}

/** What lies below a folder under the name of an input is a pipe, a socket or a device: reading it might never end. */
export function specialFile(path: string): Diagnostic {
  return {
    code: 'special-file',
    severity: 'warning',
    message: `'${path}' is passed over: it is no file but a pipe, a socket or a device`,
    hint: 'name it itself to have it read',
  };
}

/** What is to be written would take the place of what was read. */
export function overwrittenInput(option: string, path: string): Diagnostic {
  return {
    code: 'usage',
    severity: 'error',
    message: `${option} would write over ${path}, which is read`,
    hint: `name another file: ${option} new-${basename(path)}`,
  };
}

/** What lies below a folder has a name that a text can't hold, or a folder one of several lines, which no pattern matches. */
export function strangeName(path: string): Diagnostic {
  return {
    code: 'strange-name',
    severity: 'warning',
    message: `'${path}' is passed over: its name is ${path.includes('\ufffd') ? 'not UTF-8' : 'several lines'}`,
    hint: 'rename it if something in it is to be built',
  };
}

/** A folder holds no file that looks like a log of a build. */
export function folderWithoutLogs(path: string): Diagnostic {
  return {
    code: 'no-logs',
    severity: 'error',
    message: `'${path}' holds no logs of builds: no *.build, *.buildinfo, *.changes or *.log, plain or compressed`,
    hint: 'name files that are called otherwise themselves',
  };
}

/** The bytes of a text are not UTF-8. */
export function notUtf8(file: string, line: number): Diagnostic {
  return {
    code: 'not-utf8',
    severity: 'note',
    message: `'${file}' is not UTF-8: read as Latin-1`,
    location: { file, line },
    hint: 'iconv -f latin1 -t utf-8 turns it into UTF-8',
  };
}

/** The bytes of a settings file, a plan or a history are not UTF-8. */
export function textNotUtf8(file: string, line: number): Diagnostic {
  return {
    code: 'not-utf8',
    severity: 'error',
    message: `'${file}' is not UTF-8`,
    location: { file, line },
    hint: 'if it is Latin-1, iconv -f latin1 -t utf-8 turns it into UTF-8',
  };
}

/** One stanza of an index is longer than a string can be. */
export function textTooLong(file: string, line: number, bytes: number, limit: number): Diagnostic {
  return {
    code: 'text-too-long',
    severity: 'error',
    message: `'${file}' has ${bytes} bytes of text without a blank line; at most ${limit} can be read`,
    location: { file, line },
    hint: 'an index has a blank line between its stanzas: is this one?',
  };
}

/** A text that is read as a whole is longer than a string can be. */
export function wholeTooLong(file: string, bytes: number, limit: number): Diagnostic {
  return {
    code: 'text-too-long',
    severity: 'error',
    message: `'${file}' has ${bytes} bytes; of a text that is read as a whole at most ${limit} can be read`,
    location: { file, line: 1 },
    hint: 'take a part of it: only indexes, stanza by stanza, may be longer',
  };
}

/** An input, as it is or unpacked, is larger than `--max-input`. */
export function inputTooLarge(
  file: string,
  what: 'is larger than' | 'unpacks to more than',
  limit: number,
): Diagnostic {
  return {
    code: 'input-too-large',
    severity: 'error',
    message: `'${file}' ${what} ${formatBytes(limit)}; nothing of it was used`,
    location: { file, line: 1 },
    hint: `if it is what it should be, allow more: --max-input ${formatBytes(2 * limit).replace(' ', '')}`,
  };
}

/** The file can't be written; the old one, if any, is untouched. */
export function unwritablePath(path: string, reason: string): Diagnostic {
  return {
    code: 'unwritable-path',
    severity: 'error',
    message: `cannot write '${path}': ${reason}`,
    hint: writingHint(path, reason),
  };
}

/** Nothing can be added to the file; what it held is still there. */
export function unappendablePath(path: string, reason: string): Diagnostic {
  return {
    code: 'unwritable-path',
    severity: 'error',
    message: `cannot add to '${path}': ${reason}`,
    hint: `what it held is unchanged; see who may write it and how full the disk is: ls -ld '${path}'; df '${path}'`,
  };
}

/** A file is to be made in a folder that is not there. */
export function missingFolder(folder: string, path: string): Diagnostic {
  return {
    code: 'missing-folder',
    severity: 'error',
    message: `cannot add to '${path}': there is no folder '${folder}'`,
    hint: `mkdir -p '${folder}', if the name is right`,
  };
}

/** Lines behind compressed data would make all of it unreadable. */
export function compressedTarget(path: string, compression: string): Diagnostic {
  return {
    code: 'compressed-target',
    severity: 'error',
    message: `cannot add to '${path}': it is compressed (${compression})`,
    hint: `debplan history '${path}' -o history.jsonl makes a plain one of it`,
  };
}

/** There is no apt-get to ask. */
export function aptMissing(reason: string): Diagnostic {
  return {
    code: 'apt-missing',
    severity: 'error',
    message: `cannot run apt-get: ${reason}`,
    hint: 'name the indexes instead: debplan plan Sources --packages amd64=Packages',
  };
}

/** apt-get ran and failed. */
export function aptFailed(talk: string): Diagnostic {
  return {
    code: 'apt-failed',
    severity: 'error',
    message: `apt-get indextargets failed: ${talk}`,
    hint: 'try it in the shell: apt-get indextargets',
  };
}

/** apt-get ran, and complained. */
export function aptWarned(talk: string): Diagnostic {
  return {
    code: 'apt-warned',
    severity: 'warning',
    message: `apt-get indextargets says: ${talk}`,
    hint: 'see what apt reads: apt-config dump',
  };
}

/** apt has no `Packages` list for an architecture. */
export function aptWithoutPackages(arch: string): Diagnostic {
  return {
    code: 'apt-without-packages',
    severity: 'error',
    message: `apt has no Packages list for ${arch}`,
    hint: `dpkg --add-architecture ${arch} && apt-get update, or set APT_CONFIG to an apt configuration that has it`,
  };
}

/** apt has no `Sources` list, and nothing else says what to build. */
export function aptWithoutSources(): Diagnostic {
  return {
    code: 'apt-without-sources',
    severity: 'error',
    message: 'apt has no Sources list, and no other input says what to build',
    hint: "add deb-src to the Types in /etc/apt/sources.list.d (or a 'deb-src' line in sources.list), then apt-get update",
  };
}
