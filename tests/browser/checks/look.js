const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const squeezed = (text) => text.replace(/\s+/g, ' ').trim();
const short = (text, length = 60) => (text.length > length ? `${text.slice(0, length)}…` : text);

/** Shown on the screen; not what is only kept for screen readers. */
function shown(element) {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1;
}

/** The text of a node as a screen reader has it. */
function spoken(node, seen) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (node.getAttribute('aria-hidden') === 'true') return '';
  if (node.tagName === 'IMG') return node.alt;
  if (node.tagName === 'svg') return node.querySelector(':scope > title')?.textContent ?? '';
  if (!node.checkVisibility({ visibilityProperty: true })) return '';
  const inside = [...node.childNodes].map((child) => spoken(child, seen)).join('');
  return getComputedStyle(node).display.startsWith('inline') ? inside : ` ${inside} `;
}

/** The accessible name, as far as pages of this site use the rules for it. */
function named(element) {
  const ids = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
  const by = ids.map((id) => document.getElementById(id)).filter(Boolean);
  const label = by.map((one) => one.textContent).join(' ') || element.getAttribute('aria-label');
  if (label && squeezed(label)) return squeezed(label);
  if (element.labels?.length) return squeezed([...element.labels].map((one) => spoken(one)).join(' '));
  return squeezed(spoken(element)) || squeezed(element.title ?? '');
}

/** How a fault calls an element: tag, id or class, and the beginning of its words. */
function called(element) {
  const id = element.id ? `#${element.id}` : '';
  const name = id || (element.classList?.length ? `.${[...element.classList].join('.')}` : '');
  const words = short(squeezed(element.textContent), 40);
  return `<${element.tagName.toLowerCase()}${name}>${words ? ` “${words}”` : ''}`;
}

function channels(colour) {
  const plain = colour.match(/^rgba?\(([^)]+)\)$/);
  if (plain) {
    const [r, g, b, a = 1] = plain[1].split(/[,/ ]+/).filter(Boolean).map(Number);
    return [r, g, b, a];
  }
  const wide = colour.match(/^color\(srgb ([^)]+)\)$/);
  if (wide) {
    const [r, g, b, a = 1] = wide[1].split(/[/ ]+/).filter(Boolean).map(Number);
    return [r * 255, g * 255, b * 255, a];
  }
  return [0, 0, 0, colour === 'transparent' ? 0 : 1];
}

function luminance([r, g, b]) {
  const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour behind an element: that of the nearest ancestor that is painted. */
function behind(element) {
  for (let one = element; one; one = one.parentElement) {
    const colour = channels(getComputedStyle(one).backgroundColor);
    if (colour[3] > 0.5) return colour;
  }
  return document.documentElement.matches(':root') && matchMedia('(prefers-color-scheme: dark)').matches
    && getComputedStyle(document.documentElement).colorScheme.includes('dark') ? [0, 0, 0, 1] : [255, 255, 255, 1];
}
