/** The part of an sbuild log that a line stands in. */
export type LogSection =
  | 'head'
  | 'setup'
  | 'install'
  | 'build'
  | 'starting'
  | 'finished'
  | 'changes'
  | 'buildinfo'
  | 'summary'
  | 'other'
  | 'done';

/** Headings of sbuild 0.6 to 0.89 → what matters of them; programs under test print boxes of their own, which are none of these. */
const SECTIONS: ReadonlyMap<string, LogSection> = new Map([
  ['Chroot Setup Commands', 'setup'],
  ['Update chroot', 'other'],
  ['Pre Build Commands', 'other'],
  ['Fetch source files', 'other'],
  ['Install build dependencies', 'install'],
  ['Install package build dependencies', 'install'],
  ['Check architectures', 'other'],
  ['Check arch', 'other'],
  ['Build environment', 'other'],
  ['Build', 'build'],
  ['Starting Timed Build Commands', 'starting'],
  ['Finished Timed Build Commands', 'finished'],
  ['Changes', 'changes'],
  ['Buildinfo', 'buildinfo'],
  ['Package contents', 'other'],
  ['Post Build', 'other'],
  ['Post Build Chroot', 'other'],
  ['Post Build Commands', 'other'],
  ['Post Build Failed Commands', 'other'],
  ['Build-Deps Install Failed Commands', 'other'],
  ['Chroot-update Install Failed Commands', 'other'],
  ['Generic Build Failed Commands', 'other'],
  ['Chroot Cleanup Commands', 'other'],
  ['Cleanup', 'other'],
  ['Summary', 'summary'],
]);

/** The narrowest box that sbuild draws. */
const BOX_WIDTH = 80;

/** Whether the line is the upper edge of one of sbuild's boxes: `+---…+`, or `┌───…┐` before 0.66. */
export function isBoxEdge(line: string): boolean {
  return line.length >= BOX_WIDTH && /^(?:\+[-=]|┌─|╔═)/.test(line);
}

/** The text between the bars of a box; undefined when the line has no bars. */
export function boxTitle(line: string): string | undefined {
  if (line.length < BOX_WIDTH || !/^[|│║] /.test(line) || !/ [|│║]$/.test(line)) return undefined;
  return line.slice(1, -1).trim();
}

/** The section that a heading begins; undefined for boxes that are not sbuild's. */
export function sectionOf(title: string): LogSection | undefined {
  if (/^Install \S+ build dependencies(?: \(|$)/.test(title)) return 'install';
  return SECTIONS.get(title);
}
