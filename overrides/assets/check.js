// "Check it yourself": a text, pasted or opened from disk, against the captures of this site. Everything is
// computed here; the page asks its own site for the records and sends nothing.
import { base, make } from './summitry.js';
import { decoded, textOf } from './page-text.js';
import { MIN_WORDS, SLOW, encoded, hasCharacters, lines, root, slowSeed, tokens } from './word-tree.js';

const SLICE = 40; // milliseconds of work before the page may draw and listen
const FEW = 8; // words by which somebody finds a paragraph of their own text again
const place = document.querySelector('.check');
const { locale, texts } = JSON.parse(place.querySelector('script[type="application/json"]').textContent);
const numbers = new Intl.NumberFormat(locale);
const plurals = new Intl.PluralRules(locale);
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });

/** The text of a key with its values; one that counts has a form for `count`. */
function words(key, values = {}) {
  const text = texts[key];
  const form = typeof text === 'string' ? text : text[plurals.select(values.count)] ?? text.other;
  return form.replace(/\{(\w+)\}/g, (_, name) => (
    typeof values[name] === 'number' ? numbers.format(values[name]) : values[name]));
}
const day = (date) => days.format(new Date(date.slice(0, 10)));

// ---------- what the site holds: fetched once, when somebody turns to the form
let records;
async function read(file) {
  const answer = await fetch(new URL(file, base));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}
function load() {
  records ??= Promise.all([read('evidence.json'), read('evidence-titles.json')]).then(indexed);
  return records;
}

/** The records; where each root stands: [source, capture, number of the paragraph]; of paragraphs with a root
    the numbers of words, and by them what proofs open of each whose seed is slow. */
function indexed([{ captures, proofs }, titles]) {
  const places = new Map();
  const sizes = { quick: new Set(), slow: new Map() };
  const opening = new Map();
  for (const proof of Object.values(proofs).flat()) {
    const name = [proof.source, proof.capture, proof.paragraph].join(' ');
    opening.set(name, [...(opening.get(name) ?? []), proof]);
  }
  for (const [source, kept] of Object.entries(captures)) {
    for (const capture of kept) {
      capture.paragraphs.forEach((row, at) => {
        if (!Array.isArray(row)) return;
        const [count, , version] = row;
        const open = opening.get([source, capture.date, at + 1].join(' ')) ?? [];
        if (version !== SLOW) sizes.quick.add(count);
        else sizes.slow.set(count, [...(sizes.slow.get(count) ?? []), open]);
        places.set(row[1], [...(places.get(row[1]) ?? []), [source, capture, at + 1]]);
      });
    }
  }
  const opened = Object.entries(proofs).flatMap(([ref, found]) => found.map((proof) => ({ ...proof, ref })))
    .filter(({ ref }) => titles.pages[ref]);
  return { places, sizes, opened, titles };
}

// ---------- comparing
/** The lines of a text, and runs of lines between empty ones, which may be one paragraph. */
function candidates(text) {
  const found = lines(text);
  const runs = text.split(/\n[^\S\n]*\n/).filter((run) => /\n/.test(run.trim()));
  return { found, runs: runs.map((run) => lines(run.trim()).join(' ')) };
}

/** Every reading of a line that a capture can hold, as [words, version]. */
function readings(line) {
  const newest = [tokens(line), hasCharacters(line) ? 2 : 1];
  return newest[1] === 2 ? [newest, [tokens(line, 1), 1]] : [newest];
}

const slowRoot = async (said) => encoded(root(said, SLOW, await slowSeed(said)));
const rested = () => new Promise((done) => { setTimeout(done); });

/** What of a text stands in captures: `at` has its words by source, capture and paragraph. A slow root is made
    at once where proofs open words of some paragraph that are those of the text. `later` has what is left:
    pieces that only fit a paragraph of which nothing is open. */
async function compare(text, kept) {
  const { sizes } = kept;
  const { found, runs } = candidates(text);
  const state = { at: new Map(), stood: [], lost: [], later: [] };
  let since = performance.now();
  for (const [n, piece] of [...runs, ...found].entries()) {
    const long = readings(piece).filter(([said]) => said.length >= MIN_WORDS);
    const one = { piece, n, line: n >= runs.length, said: long[0]?.[0], stands: false };
    let waits = false;
    for (const [said, version] of long) {
      const quick = sizes.quick.has(said.length) && encoded(root(said, version));
      if (quick) placed(state, kept, one, said, quick);
      // Version 3 reads as the newest does.
      const rows = version === 2 || !hasCharacters(shown(said)) ? sizes.slow.get(said.length) ?? [] : [];
      if (rows.some((proofs) => proofs.length && proofs.every((proof) => part(proof, said)))) {
        placed(state, kept, one, said, await slowRoot(said));
      } else waits ||= rows.some((proofs) => !proofs.length);
    }
    if (!one.stands && waits) state.later.push(one); else if (!one.stands && long.length) lose(state, one);
    if (performance.now() - since > SLICE) { await rested(); since = performance.now(); }
  }
  return state;
}

/** The rest of a comparison, of which each piece takes about a tenth of a second. */
async function compareLater(state, kept, stopped) {
  for (const one of state.later) {
    if (stopped()) return;
    placed(state, kept, one, one.said, await slowRoot(one.said));
    if (!one.stands) lose(state, one);
  }
  state.later = [];
}

/** Notes where a root stands in captures, and that the piece does. */
function placed({ at, stood }, { places }, one, said, key) {
  const found = places.get(key) ?? [];
  for (const [source, capture, number] of found) {
    if (!at.has(source)) at.set(source, new Map());
    if (!at.get(source).has(capture)) at.get(source).set(capture, new Map());
    at.get(source).get(capture).set(number, said);
  }
  if (found.length && !one.stands) stood.push(one.piece);
  one.stands ||= found.length > 0;
}

/** A line that stands in no capture, nor in a run of lines that does. */
function lose({ lost, stood }, { piece, n, line, said }) {
  if (line && !stood.some((run) => run.includes(piece.trim()))) lost.push([n, said]);
}

const shown = (said) => said.map(([before, word, after]) => before + word + after).join(' ');
/** The same to be read: without the marks at its ends, and no blanks in scripts that have none. */
const within = (said) => said.map(([before, word, after], n) => {
  const close = !n || (hasCharacters(said[n - 1][1]) || hasCharacters(word));
  return (close ? '' : ' ') + (n ? before : '') + word + (n < said.length - 1 ? after : '');
}).join('');

/** The words of a paragraph that a proof opens, or nothing if they are others. */
function part(proof, said) {
  const from = proof.start - 1;
  const found = said?.slice(from, from + proof.speech.length);
  const same = found?.length === proof.speech.length && shown(found) === proof.words
    && found.every(([, , , speech], n) => speech[0] === proof.speech[n]);
  return same ? found : undefined;
}

/** The words of a proof as they stand in the text, or nothing. */
function opened(proof, captures) {
  const said = [...captures].find(([capture]) => capture.date === proof.capture)?.[1].get(proof.paragraph);
  const found = part(proof, said);
  return found && within(found);
}

// ---------- showing
/** `1–3, 7` */
function ranges(found) {
  const rows = [];
  for (const n of [...found].sort((a, b) => a - b)) {
    if (rows.at(-1)?.[1] === n - 1) rows.at(-1)[1] = n; else rows.push([n, n]);
  }
  return rows.map(([from, to]) => (from === to ? numbers.format(from)
    : `${numbers.format(from)}–${numbers.format(to)}`)).join(', ');
}

const link = (ref, text, lang = '') => make('a', {
  href: new URL(`${ref}/`, base).href, textContent: text, attrs: lang ? { lang } : {},
});

function capture([one, found]) {
  const all = one.paragraphs.filter(Array.isArray).length;
  return make('p', {}, words(one.extent === 'whole' ? 'check.copy' : 'check.excerpt', {
    date: day(one.date), matched: found.size, all, numbers: ranges(found.keys()),
  }));
}

function page(ref, titles, ...more) {
  const kind = words(`kind.${ref.split('/')[0]}`);
  return make('li', {}, make('p', {}, link(ref, titles.pages[ref]), ' ', make('span', {
    className: 'meta', textContent: kind,
  })), ...more);
}

function source([name, captures], { opened: all, titles }) {
  const { title, language } = titles.sources[name];
  const proven = new Map();
  const missing = new Set();
  for (const proof of all.filter((one) => one.source === name)) {
    const text = opened(proof, captures);
    if (text === undefined) missing.add(proof.ref);
    else proven.set(proof.ref, [...(proven.get(proof.ref) ?? []), [text, proof.paragraph]]);
  }
  const passage = ([text, number]) => make('blockquote', {}, make('p', {},
    make('q', { textContent: text, lang: language, dir: 'auto' }), ' ',
    make('span', { className: 'meta', textContent: words('check.paragraph', { number }) })));
  const list = (items) => make('ul', { className: 'plain' }, ...items);
  const first = ([ref, [[, number]]]) => (ref.startsWith('quotes/') ? number : number + 1e6); // quotations first
  const items = [...proven].sort((a, b) => first(a) - first(b))
    .map(([ref, found]) => page(ref, titles, ...found.map(passage)));
  const below = `h${Number(place.dataset.level) + 1}`;
  return make('section', {}, make(`h${place.dataset.level}`, {}, link(`sources/${name}`, title, language)),
    ...[...captures].map(capture),
    ...(items.length ? [make(below, { className: 'group', textContent: words('check.proven') }), list(items)] : []),
    ...(missing.size ? [make(below, { className: 'group', textContent: words('check.missing') }),
      list([...missing].map((ref) => page(ref, titles)))] : []));
}

function lostOnes(lost) {
  return make('details', {}, make('summary', { textContent: words('check.lost', { count: lost.length }) }),
    make('ul', { className: 'plain' }, ...lost.map((said) => make('li', {
      textContent: `${shown(said.slice(0, FEW))} …`, dir: 'auto',
    }))));
}

const form = place.querySelector('form');
const field = form.querySelector('textarea');
const file = form.querySelector('input[type="file"]');
const status = place.querySelector('[role="status"]');
const results = place.querySelector('.found');
const size = (captures) => [...captures.values()].reduce((sum, found) => sum + found.size, 0);

let turn = 0;
async function check() {
  const mine = ++turn;
  const tell = (key, values) => { if (mine === turn) status.textContent = words(key, values); };
  results.replaceChildren();
  if (!field.value.trim()) { tell('check.empty'); return; }
  tell('check.working');
  let kept;
  try { kept = await load(); } catch { records = undefined; tell('check.failed'); return; }
  const state = await compare(field.value, kept);
  if (mine !== turn) return; // another text has overtaken this one
  const all = state.stood.length + state.lost.length + state.later.filter(({ line }) => line).length;
  if (!all) { tell('check.short'); return; }
  if (state.later.length) {
    tell('check.partly', { matched: state.stood.length, all });
    if (state.stood.length) show(state, kept);
    await compareLater(state, kept, () => mine !== turn);
    if (mine !== turn) return;
  }
  const matched = state.stood.length;
  tell(matched ? 'check.matched' : 'check.none', { count: matched, all: matched + state.lost.length });
  show(state, kept);
}

/** What was found; who reads a link of it already stays there. */
function show({ at, stood, lost }, kept) {
  const held = results.contains(document.activeElement) ? document.activeElement.href : '';
  const found = [...at].sort(([, a], [, b]) => size(b) - size(a)).map((one) => source(one, kept));
  results.replaceChildren(
    make('p', { className: 'meta', textContent: words(stood.length ? 'check.means' : 'check.why') }),
    ...found, ...(lost.length ? [lostOnes(lost.sort(([a], [b]) => a - b).map(([, said]) => said))] : []),
  );
  if (held) [...results.querySelectorAll('a')].find(({ href }) => href === held)?.focus();
}

/** A file from disk goes into the field, so that it is seen what is compared. */
async function open() {
  const [chosen] = file.files;
  if (!chosen) return;
  try {
    const text = decoded(new Uint8Array(await chosen.arrayBuffer()));
    field.value = /\.x?html?$/i.test(chosen.name) || chosen.type.includes('html') ? textOf(text) : text;
  } catch {
    results.replaceChildren();
    status.textContent = words('check.unread');
    return;
  }
  check();
}

/** From now on no connection is needed, which is said: what an answer is set in is there too. */
async function prepare() {
  try {
    await Promise.all([load(), ...[...document.fonts].map((face) => face.load().catch(() => {}))]);
  } catch { records = undefined; return; }
  if (!turn) status.textContent = words('check.ready');
}

form.addEventListener('focusin', prepare, { once: true });
form.addEventListener('submit', (event) => { event.preventDefault(); check(); });
file.addEventListener('change', open);
form.querySelector('fieldset').disabled = false;
place.querySelector('.needs').hidden = true;
