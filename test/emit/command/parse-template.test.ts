import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/base/diagnostic.ts';
import { fillTemplate } from '../../../src/emit/command/fill-template.ts';
import { DEFAULT_BUILDER_COMMAND, parseTemplate } from '../../../src/emit/command/parse-template.ts';
import { PLACEHOLDER_NAMES, type PlaceholderName } from '../../../src/emit/command/placeholders.ts';
import { quoteShell } from '../../../src/emit/command/quote-shell.ts';
import { NASTY } from '../nasty.ts';

/** Puts one value for every placeholder. */
function fill(template: string, value: string): string {
  const values = new Map<PlaceholderName, string | readonly string[]>(
    PLACEHOLDER_NAMES.map((name) => [name, name === 'sbuild-options' ? ['--jobs=2', value] : value]),
  );
  return fillTemplate(parseTemplate(template), values);
}

/** The words that sh makes of a command line. */
function wordsOf(line: string): readonly string[] {
  const output = execFileSync('/bin/sh', {
    input: `words() { printf '%s\\0' "$@"; }\n${line}\n`,
    encoding: 'utf8',
    env: { LANG: 'C.UTF-8' },
  });
  return output.split('\0').slice(0, -1);
}

function refusal(template: string): string {
  try {
    parseTemplate(template);
  } catch (error) {
    if (error instanceof UserError) {
      return error.diagnostics.map(({ message, hint = '' }) => `${message} | ${hint}`).join('\n');
    }
    throw error;
  }
  return 'none';
}

/** Texts of the letters that mean something to a shell, and any others; no NUL, no half of a pair. */
const TEXT = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from('\'"\\$`{}[]()<>;|&#!~*? \t\n-=a')),
      fc.string({ unit: 'grapheme' }),
    ),
    {
      size: 'max',
      maxLength: 30,
    },
  )
  .map((letters) => letters.join('').replaceAll('\0', ''));

describe('parseTemplate', () => {
  it.each([
    ['words {source}', (value: string) => [value]],
    ['words --dist={suite} x{arch}y', (value: string) => [`--dist=${value}`, `x${value}y`]],
    ['words "a {source} b" c', (value: string) => [`a ${value} b`, 'c']],
    ['words "$HOME{source}"', (value: string) => [value]],
    ['words {sbuild-options} end', (value: string) => ['--jobs=2', value, 'end']],
    ["words 'it'{source}'s'", (value: string) => [`it${value}s`]],
    ["eval words {dsc:q} '|' cat", (value: string) => [value]],
    ['{{ words {id}; }} # done', (value: string) => [value]],
    ['if true; then words {id}\nfi', (value: string) => [value]],
    ['x={dsc}; words "$x" "${x}" $((1<<2)) $(echo y)', (value: string) => [value, value, '4', 'y']],
    ['words \\"{id}\\" \\{{ "\\$"{id}', (value: string) => [`"${value}"`, '{', `$${value}`]],
    ['(words {id})', (value: string) => [value]],
    ['case x in x) words {id} ;; esac', (value: string) => [value]],
  ] as const)('hands any value on as it is: %s', (template, expected) => {
    for (const value of [...NASTY, '', 'a{{b}}[[c]]${{d}}', '--option', '-n', '$(( 1 ))', '!!', '~', "'"]) {
      expect(wordsOf(fill(template, value)), value).toEqual(expected(value));
    }
  });

  it('quotes whatever text for sh, once and twice', () => {
    const texts = fc.sample(TEXT, { numRuns: 2000, seed: 7 });
    expect(wordsOf(`words ${texts.map(quoteShell).join(' ')}`)).toEqual(texts);
    const twice = texts.slice(0, 200).map((text) => quoteShell(quoteShell(text)));
    expect(wordsOf(`eval words ${twice.join(' ')}`)).toEqual(texts.slice(0, 200));
  });

  it('shows nothing that other languages expand', () => {
    for (const text of fc.sample(TEXT, { numRuns: 2000, seed: 8 })) {
      expect(quoteShell(text)).not.toMatch(/\{\{|\}\}|\[\[/);
    }
  });

  it.each([
    ['', 'it is empty | sbuild --dist={suite} {sbuild-options} {dsc}'],
    ['sbuild {profile}', 'there is no placeholder {profile} | did you mean {profiles}?'],
    [
      'sbuild {constructor}',
      'there is no placeholder {constructor} | there are {source} {version} {dsc} {arch}',
    ],
    ['awk {print}', 'there is no placeholder {print} | there are'],
    [
      "sh -c 'sbuild {dsc}'",
      '{dsc} stands inside single quotes | use double quotes; two braces are one: {{ }}',
    ],
    ['x=$(echo {dsc})', '{dsc} stands inside $(…) or backticks'],
    ['x="$(echo "{dsc}")"', '{dsc} stands inside $(…) or backticks'],
    ['x=`echo {dsc}`', '{dsc} stands inside $(…) or backticks'],
    ['sbuild ${dsc:-{dsc}}', '${…} holds more than plain words'],
    ['sbuild # {dsc}', '{dsc} stands inside a comment'],
    ['sbuild \\{dsc}', '{dsc} stands after a backslash'],
    ['sbuild "\\{dsc}"', '{dsc} stands after a backslash'],
    ['cat <<E\n{dsc}\nE', "a here-document can't be looked through"],
    ["sbuild $'{dsc}'", "sh doesn't know $'…'"],
    ['sbuild "{dsc}', '" is not closed'],
    ["sbuild 'x", "' is not closed"],
    ['sbuild $(x', '$( is not closed'],
    ['sbuild {dsc', 'a brace is not closed'],
    ['sbuild dsc}', 'a brace closes that nothing opened'],
    ['sbuild {dsc} \\', 'it ends in a backslash'],
    ['sbuild "{sbuild-options}"', '{sbuild-options} stands for several words'],
    ['ssh {builder} sbuild {dsc}', 'ssh hands {dsc} to another shell'],
    ['sbuild {dsc}\0', 'it holds a NUL'],
    ['sbuild {dsc} &', 'it ends in &, so each build would count as done at once | leave the & out'],
    ['sbuild {dsc}& # in the background\n', 'it ends in &, so each build would count as done at once'],
    ['(sbuild "{dsc}")&\n\n', 'it ends in &, so each build would count as done at once'],
    ['sbuild {dsc} &&', 'nothing comes after the && at its end | leave the && out'],
    ['sbuild {dsc} ||\n', 'nothing comes after the || at its end | leave the || out'],
    ['sbuild {dsc} |', 'nothing comes after the | at its end | leave the | out'],
    ['sbuild {dsc};', 'it ends in ; | leave the ; out'],
    ['sbuild {dsc} ;;', 'it ends in ; | leave the ; out'],
  ])('refuses %j and says what to type', (template, message) => {
    expect(refusal(template)).toContain(message);
  });

  it.each([
    'ssh {builder} sbuild --dist={suite:q} --jobs={jobs} {sbuild-options:q} {dsc:q}',
    'ssh {builder} true; sbuild {dsc}',
    'sbuild {dsc} && echo "$?" ${HOME} $$',
    DEFAULT_BUILDER_COMMAND,
    'sbuild {dsc} & wait "$!"',
    'sbuild {dsc} && true # &&',
    "echo {dsc} '&'",
    'echo {dsc} "a;"',
    'echo {dsc} \\&',
    'sbuild {dsc} &&\ntrue',
    '{{ sbuild {dsc}; }}',
    'x=$(uname;)',
    'sbuild & echo {dsc}',
  ])('takes %j', (template) => {
    expect(refusal(template)).toBe('none');
  });
});
