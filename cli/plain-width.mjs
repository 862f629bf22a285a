/**
 * The columns of a text whose characters all take one, as those of the help do (test/cli/start-up.test.ts): in the bundle
 * it stands in for the library `string-width`, whose tables of emoji take half of the time in which the help is printed.
 */
export default function stringWidth(text) {
  return typeof text === 'string' ? text.length : 0;
}
