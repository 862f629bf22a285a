/** Names that objects have of themselves, and what a plain object would sort to the front. */
export const PROTOTYPE_NAMES: readonly string[] = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'isPrototypeOf'],
  ...['__defineGetter__', 'then', 'length', 'toJSON', 'size', '2048', '0', '-1', '1e3'],
];

/** Where a number is wanted. */
export const NASTY_NUMBERS: readonly string[] = [
  ...[
    '0',
    '-0',
    '-1',
    '1e309',
    '-1e309',
    '1e-400',
    '0.1',
    'NaN',
    'Infinity',
    '9007199254740993',
    '4294967296',
  ],
  ...['2147483648', '99999999999999999999999', '00', '1.', '.5', '0x10', '1_0', '٣', '1e3', '9'.repeat(400)],
];

/** Where a word is wanted; as the bytes of a file. */
export const NASTY_TEXTS: readonly string[] = [
  ...PROTOTYPE_NAMES,
  ...[
    '',
    ' ',
    '.',
    '..',
    '../../x',
    '/',
    '-',
    '--',
    'any',
    'all',
    'amd64',
    '*',
    'null',
    'true',
    '\\ud800',
    '\\u0000',
  ],
  ...['a'.repeat(100_000), 'a b '.repeat(2000), 'a, '.repeat(5000), 'a | '.repeat(5000), '\n '.repeat(1000)],
  ...['(((((((', '<!a', '[amd64 !arm64]', '${x}', '@KERNEL_TYPE@', '%s%n', '$(id)', '`id`', '"', "'", '\\'],
  ...[
    '\xf0\x9f\x92\xbe',
    '\xc3\xa9',
    '\xff\xfe',
    '\xe2\x80\xa8',
    '\x00',
    '\x1b[31m',
    '\r',
    '&a',
    '*a',
    '!!binary x',
  ],
  ...[
    '0:0',
    '1:1:1',
    '~',
    '1~~',
    '0'.repeat(5000),
    '1.'.repeat(2000),
    '-1-',
    '0--',
    '2e9:1',
    '9'.repeat(400),
  ],
];
