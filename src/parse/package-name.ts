/**
 * Whether dpkg takes the text as a package's name: letters, digits, `+`, `-`, `.`, the first a letter or digit. Upper case
 * passes, as in dpkg. What passes is safe in a file name or shell word.
 * @see Debian Policy 5.6.7
 */
export function isPackageName(text: string): boolean {
  return /^[a-z0-9][a-z0-9+.-]*$/i.test(text);
}
