/** What an element holds; texts become text, never markup. */
export type Child = Node | string;

/**
 * An element with attributes and children. Texts of plans reach the page through here or `textContent` alone, so that a
 * source called `<img onerror=…>` is shown by that name.
 */
export function makeElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button that does something. @param label what is written on it, or an element that shows it */
export function makeButton(
  label: Child,
  attributes: Readonly<Record<string, string>>,
  onClick: () => void,
): HTMLButtonElement {
  const button = makeElement('button', { type: 'button', ...attributes }, label);
  button.addEventListener('click', onClick);
  return button;
}

/** A section with its heading, found by its id from the navigation. */
export function makeSection(id: string, title: string, ...children: readonly Child[]): HTMLElement {
  const heading = makeElement('h2', { id: `${id}-title` }, title);
  return makeElement('section', { id, 'aria-labelledby': `${id}-title` }, heading, ...children);
}
