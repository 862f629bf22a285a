import { inkSheet, type Ink } from '../../svg/ink-sheet.ts';

/**
 * Red is kept for the critical chain; a build on disk is hatched, too, so that nothing hangs on seeing colours.
 * @see Okabe & Ito, Color Universal Design (2008)
 */
const INKS: readonly Ink[] = [
  { of: 'gantt-paper', property: 'fill', light: '#ffffff', dark: '#15181c' },
  { of: 'gantt-plot text', property: 'fill', light: '#24292f', dark: '#dfe4ea' },
  { of: 'gantt-plot .gantt-dim', property: 'fill', light: '#57606a', dark: '#a5adb8' },
  { of: 'gantt-grid', property: 'stroke', light: '#d8dde3', dark: '#343a42' },
  { of: 'gantt-lane', property: 'fill', light: '#f3f5f7', dark: '#1e2228' },
  { of: 'gantt-ram', property: 'fill', light: '#4a7ebb', dark: '#4a7ebb' },
  { of: 'gantt-disk', property: 'fill', light: '#e5a93a', dark: '#cf962b' },
  { of: 'gantt-hatch', property: 'stroke', light: '#c08a22', dark: '#96701d' },
  { of: 'gantt-critical', property: 'stroke', light: '#c8102e', dark: '#ff5d73' },
  { of: 'gantt-use', property: 'fill', light: '#35a08c', dark: '#2f8d7b' },
  { of: 'gantt-over', property: 'stroke', light: '#ffffff', dark: '#15181c' },
  { of: 'gantt-limit', property: 'stroke', light: '#57606a', dark: '#a5adb8' },
  { of: 'gantt-plot .gantt-on-ram', property: 'fill', light: '#ffffff', dark: '#ffffff' },
  { of: 'gantt-plot .gantt-on-disk', property: 'fill', light: '#1c1300', dark: '#1c1300' },
];

/** The style sheet of the picture, and the pattern that it uses. */
export function ganttStyle(): string {
  const rules = [
    '.gantt-plot text{font:12px system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}',
    '.gantt-plot .gantt-title{font-size:17px;font-weight:600}.gantt-plot .gantt-name{font-weight:600}',
    '.gantt-plot .gantt-small{font-size:10.5px}.gantt-plot .gantt-tiny{font-size:9px}',
    '.gantt-grid,.gantt-critical,.gantt-limit{fill:none}.gantt-limit{stroke-dasharray:5 4}',
    '.gantt-over{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}',
    '.gantt-critical{stroke-width:2}.gantt-hatch{stroke-width:1.5}.gantt-hatched{fill:url(#gantt-hatching)}',
  ];
  const pattern =
    '<pattern id="gantt-hatching" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 7 7-1M-1 1 1-1M5 7 7 5" class="gantt-hatch"/></pattern>';
  return `<style>${rules.join('\n')}\n${inkSheet(INKS)}</style>\n<defs>${pattern}</defs>`;
}
