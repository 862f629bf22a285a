import { makeButton, makeElement } from './make-element.ts';

/** Sections in the order of the page. */
const SECTIONS = [
  ['summary', 'Summary'],
  ['timeline', 'Timeline'],
  ['comparison', 'Comparison'],
  ['bench', 'Bench'],
  ['builds', 'Builds'],
  ['chain', 'Chain'],
  ['large', 'Large'],
  ['breaks', 'Cycles'],
  ['left-out', 'Left out'],
  ['about', 'About'],
] as const;

/**
 * What stays at the top: name, navigation, search, theme.
 * @param missing ids of sections that the page doesn't have
 * @param onTheme called after the theme has changed
 */
export function makeHeader(
  title: string,
  search: HTMLElement,
  missing: readonly string[],
  onTheme: () => void,
): HTMLElement {
  const links = SECTIONS.filter(([id]) => !missing.includes(id)).map(([id, label]) =>
    makeElement('a', { href: `#${id}`, 'data-jump': '' }, label),
  );
  return makeElement(
    'header',
    {},
    makeElement('h1', {}, title),
    makeElement('nav', { 'aria-label': 'Sections' }, ...links),
    search,
    makeThemeButton(onTheme),
  );
}

/** Turns to the other theme, whichever it is now. */
function makeThemeButton(onTheme: () => void): HTMLElement {
  const isDark = (): boolean => {
    const chosen = document.documentElement.dataset['theme'];
    return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  };
  const button = makeButton('', { id: 'theme', class: 'icon' }, () => {
    document.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark';
    label();
    onTheme();
  });
  const label = (): void => {
    button.textContent = isDark() ? '☀' : '☾';
    button.setAttribute('aria-label', isDark() ? 'Light theme' : 'Dark theme');
    button.title = isDark() ? 'Light theme' : 'Dark theme';
  };
  label();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    label();
    onTheme();
  });
  return button;
}

/**
 * Links marked `data-jump` go to their section without leaving a trace in the address, which says what is shown.
 */
export function listenToJumps(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-jump]') : null;
    if (link === null) return;
    event.preventDefault();
    const section = document.getElementById((link.getAttribute('href') ?? '').slice(1));
    if (section === null) return;
    section.tabIndex = -1;
    section.focus({ preventScroll: true });
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    section.scrollIntoView({ behavior: isCalm ? 'auto' : 'smooth' });
  });
}
