// Summitry, reader pages: theme, previews, search, copying. Everything is readable without it.
const root = document.documentElement;
export const base = new URL('../', import.meta.url); // of the site: this file lies in assets/
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// ---------- words: the page brings them, in its language
export const wordings = JSON.parse(document.querySelector('script[type="application/json"]')?.textContent || '{}');
/** The text of a key with its values: `{number}` is filled in. */
export const words = (key, values = {}) => (wordings[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** An element with properties and children; text is always text, never markup. */
export function make(tag, props = {}, ...children) {
  const { attrs = {}, ...rest } = props;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child != null));
  return element;
}

// ---------- one status line for the whole page
const toast = document.querySelector('.toast');
let clearing;
function say(message) {
  if (!toast) return;
  clearTimeout(clearing);
  toast.textContent = '';
  // A pause, so that the same message said twice is announced twice.
  setTimeout(() => { toast.textContent = message; }, 60);
  clearing = setTimeout(() => { toast.textContent = ''; }, 8000);
}

// ---------- dark colours
const system = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
for (const button of all('.theme-toggle')) {
  const show = () => button.setAttribute('aria-pressed', String(isDark()));
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try { localStorage.setItem('summitry-theme', root.dataset.theme); } catch { /* this visit only */ }
    show();
  });
  system.addEventListener('change', show);
  show();
  button.hidden = false;
}

// ---------- copy and share
async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say(words('not-copied'));
  }
}
for (const button of all('button[data-copy]')) {
  const { copy: text, script } = button.dataset; // an element to embed, with the script that fits it
  const whole = script ? text + make('script', { src: script, async: true }).outerHTML : text;
  button.addEventListener('click', () => copy(whole, button.dataset.done || words('copied')));
  button.hidden = false;
}
for (const button of all('button[data-share]')) {
  if (!navigator.share) { button.remove(); continue; }
  button.addEventListener('click', async () => {
    const { share: url, text, title = document.title } = button.dataset;
    try { await navigator.share({ title, text, url }); } catch (error) {
      if (error.name !== 'AbortError') say(words('not-shared'));
    }
  });
  button.hidden = false;
}

for (const link of all('a.anchor')) link.addEventListener('click', () => copy(link.href, words('linked')));

// ---------- previews of what a link leads to
const WAIT = { read: 150, show: 500, hide: 300 }; // milliseconds
const kinds = new Set(root.dataset.kinds?.split(' '));
const shown = (path) => /^[a-z]+\/[a-z0-9-]+\/$/.test(path) && kinds.has(path.split('/')[0]);

/** The words of an element, without its citations. */
function wordsOf(part) {
  const copy = part.cloneNode(true);
  all('.cite, .visually-hidden, svg', copy).forEach((extra) => extra.remove());
  all('.badge', copy).forEach((badge) => { badge.textContent = `(${badge.textContent})`; });
  return copy.textContent.replace(/\s+/g, ' ').trim();
}

/** What a card says: the texts that a page marks with `data-preview`. */
const texts = (page) => all('main [data-preview]', page)
  .map((part) => ({ name: part.dataset.preview, lang: part.lang, text: wordsOf(part) }))
  .filter(({ text }) => text);

/** The words that a source's page lists, each with the page that quotes them and its state of proof. */
const passages = (page, url) => all('.passage', page).map((part) => ({
  of: new URL(part.closest('li').querySelector('a').getAttribute('href'), url).pathname,
  lines: [['q', 'quoted'], ['.says', 'text'], ['.proof', 'note']]
    .map(([selector, name]) => [part.querySelector(selector), name]).filter(([found]) => found)
    .map(([found, name]) => ({ name, lang: found.lang, text: wordsOf(found) })),
}));

const known = new Map(); // by address: each page is fetched once
function read(url) {
  if (!known.has(url)) {
    known.set(url, fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    }).then((html) => {
      const page = new DOMParser().parseFromString(html, 'text/html');
      return { texts: texts(page), passages: passages(page, url) };
    })
      .catch(() => { known.delete(url); return { texts: [], passages: [] }; }));
  }
  return known.get(url);
}

// What a marker stands for is found step by step, out from the marker: the sentence, then the card.
const AROUND = 'p, li, dd, tr, figure, .fact, .position, .quote, .dispute, .moment, .compared';

/** The words of a source that bear what stands around a marker: those of the facts and quotations that are
    linked there, else those of the page itself. */
function bearing(link, found) {
  for (let part = link.parentElement; part?.matches('main *'); part = part.parentElement) {
    if (!part.matches(AROUND)) continue;
    const near = new Set(all('a[href]', part).map(({ pathname }) => pathname));
    const here = found.filter(({ of }) => near.has(of));
    if (here.length) return here;
  }
  return found.filter(({ of }) => of === location.pathname);
}

const MOST = 3; // passages in a card
async function source(link) {
  const page = entry(link)?.querySelector('cite a')?.href;
  if (!page) return [];
  const found = await read(page);
  const lines = bearing(link, found.passages).slice(0, MOST).flatMap(({ lines: said }) => said);
  return [...found.texts, ...lines];
}

/** The texts for a link: those of the page that it leads to, or of a marker, of its source. */
async function preview(link) {
  const { pathname, origin, search } = new URL(link.href);
  if (origin !== location.origin || search) return [];
  if (pathname === location.pathname) return link.matches('.cite') ? source(link) : [];
  const inside = pathname.startsWith(base.pathname) && shown(pathname.slice(base.pathname.length));
  return inside && !link.matches('.button') ? (await read(origin + pathname)).texts : [];
}

const card = make('div', { className: 'preview', id: 'preview', hidden: true, attrs: { role: 'tooltip' } });
let wanted; // the link that the pointer or the focus is on, or the card
let open; // the link whose card is shown
let soon; // the one timer: for showing, or for hiding
let pointer; // how far down in the window the pointer is
function hide() {
  clearTimeout(soon);
  open?.removeAttribute('aria-describedby');
  open = undefined;
  card.hidden = true;
}

const lined = (found) => found.map(
  ({ name, lang, text }) => make('p', { className: name, lang, textContent: text }));

function place(link, card) {
  const lines = [...link.getClientRects()]; // a link may run over two lines: beside the pointer's
  const line = lines.find((rect) => pointer >= rect.top && pointer <= rect.bottom) || lines[0];
  const room = root.clientWidth - card.offsetWidth - 8;
  card.style.left = `${scrollX + Math.max(8, Math.min(line.left, room))}px`;
  const below = line.bottom + 8 + card.offsetHeight <= innerHeight;
  const top = below || line.top < card.offsetHeight ? line.bottom + 4 : line.top - card.offsetHeight - 4;
  card.style.top = `${scrollY + top}px`;
}

async function show(link) {
  const found = await preview(link);
  if (link !== wanted) return;
  hide();
  if (!found.length) return;
  card.replaceChildren(...lined(found));
  if (!card.isConnected) document.querySelector('main').append(card); // in a landmark, as its link is
  card.hidden = false;
  place(link, card);
  link.setAttribute('aria-describedby', card.id);
  open = link;
}

function want(target) {
  if (target === wanted) return;
  clearTimeout(soon);
  wanted = target;
  if (!target) soon = setTimeout(hide, WAIT.hide);
  else if (target !== open && target !== card) {
    // Reading starts a little later than the pointer comes, or a sweep would fetch every link.
    soon = setTimeout(() => {
      preview(target);
      soon = setTimeout(show, WAIT.show - WAIT.read, target);
    }, WAIT.read);
  }
}
function stop() { wanted = undefined; hide(); }
const linkOf = (event) => event.target.closest?.('main a[href]');
document.addEventListener('pointerover', (event) => {
  if (event.pointerType !== 'mouse') return; // touch follows the link
  pointer = event.clientY;
  want(card.contains(event.target) ? card : linkOf(event));
});
document.addEventListener('focusin', (event) => {
  pointer = undefined;
  if (event.target.matches(':focus-visible')) want(linkOf(event));
});
document.addEventListener('focusout', () => want(undefined));
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') stop(); });
document.addEventListener('scroll', stop, { passive: true });

// ---------- sources: a marker opens its list, and on touch a card of its own, which has links
const entry = (link) => document.getElementById(link.hash.slice(1));
const reveal = (part) => { const fold = part?.closest('details'); if (fold) fold.open = true; };
addEventListener('hashchange', () => reveal(document.getElementById(location.hash.slice(1))));

const sheet = make('div', { className: 'preview', hidden: true, tabIndex: -1, attrs: { role: 'dialog' } });
sheet.classList.add('pinned');
let pinned; // the marker whose card is open
function unpin() {
  if (!pinned) return;
  sheet.hidden = true;
  if (sheet.contains(document.activeElement)) pinned.focus({ preventScroll: true });
  pinned = undefined;
}
async function pin(link) {
  const found = await source(link);
  if (!found.length) { location.assign(link.href); return; }
  stop();
  const close = make('button', { type: 'button', className: 'button', textContent: words('close') });
  close.addEventListener('click', unpin);
  const ways = [
    make('a', { href: entry(link).querySelector('cite a').href, textContent: words('source-page') }),
    make('a', { href: link.href, textContent: words('in-list') }),
  ];
  ways[1].addEventListener('click', unpin);
  sheet.setAttribute('aria-label', words('source', { number: link.hash.replace('#source-', '') }));
  sheet.replaceChildren(...lined(found), make('p', { className: 'ways' }, ...ways, close));
  if (!sheet.isConnected) document.querySelector('main').append(sheet);
  sheet.hidden = false;
  pointer = undefined;
  place(link, sheet);
  pinned = link;
  sheet.focus({ preventScroll: true });
}
let touched = false;
document.addEventListener('pointerdown', (event) => {
  touched = event.pointerType === 'touch';
  if (!sheet.contains(event.target)) unpin();
});
document.addEventListener('click', (event) => {
  const marker = event.target.closest?.('main .cite');
  if (!marker || event.defaultPrevented) return;
  if (touched) { event.preventDefault(); pin(marker); } else reveal(entry(marker));
});
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') unpin(); });

// ---------- search: the dialog; what finds comes when it is first opened
function buildSearch() {
  const input = make('input', {
    type: 'search', id: 'search-field', autocomplete: 'off', attrs: { enterkeyhint: 'search' },
  });
  const status = make('p', { attrs: { role: 'status' } });
  const close = make('button', { type: 'button', className: 'button', textContent: words('close') });
  const list = make('div', { className: 'results' });
  const form = make('form', { attrs: { role: 'search' } },
    make('label', { htmlFor: 'search-field', textContent: words('field') }), input, close, status);
  const dialog = make('dialog', { className: 'search', attrs: { 'aria-label': words('search') } }, form, list);
  let latest = 0;
  async function find() {
    const turn = ++latest;
    const asked = input.value.trim();
    if (!asked) { list.replaceChildren(); status.textContent = ''; return; }
    try {
      const { sections, said } = await (await import('./search.js')).find(asked);
      if (turn !== latest) return; // a later keystroke has overtaken this one
      list.replaceChildren(...sections);
      dialog.scrollTop = 0;
      status.textContent = said;
    } catch {
      if (turn === latest) status.textContent = words('failed');
    }
  }

  let pause;
  input.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(find, 160); });
  form.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(pause); find(); });
  close.addEventListener('click', () => dialog.close());
  // Only the backdrop is the dialog itself: a click on it closes.
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener('keydown', (event) => {
    // In a search field, Escape clears before it closes; readers expect it to close.
    if (event.key === 'Escape') { event.preventDefault(); dialog.close(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...all('a', list)];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
  document.body.append(dialog);
  return { dialog, input };
}

// Without script this is a link to an index; with it, a real button takes its place.
for (const link of all('a.search-open')) {
  const button = make('button', {
    type: 'button', className: link.className, attrs: { 'aria-haspopup': 'dialog' },
  }, ...link.childNodes);
  link.replaceWith(button);
  let search;
  button.addEventListener('click', () => {
    search ??= buildSearch();
    search.dialog.showModal();
    search.input.focus();
    search.input.select();
  });
}
