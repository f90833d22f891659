// A new quotation or a correction as the Markdown that a contributor would write: made and checked in the browser
// by the schemas that the site's own check is made from. Nothing is sent.
import { make } from './summitry.js';
import { faults } from './schema.js';

const place = document.querySelector('.suggest');
const data = JSON.parse(place.querySelector('script[type="application/json"]').textContent);
const words = (key, values = {}) => data.texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const [quotation, correction] = place.querySelectorAll('form');
const results = place.querySelector('.found');
const status = place.querySelector('[role="status"]');
const field = (form, name) => form.querySelector(`[data-field="${name}"]`);
const value = (form, name) => field(form, name).value.trim().replace(/\s+/g, ' ');

// ---------- Markdown
/** A value as YAML: what any reader of YAML takes for the same text is left bare. */
function scalar(text) {
  const bare = /^[A-Za-z][A-Za-z0-9-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return bare || /^\d{4}(?:-\d\d){0,2}$/.test(text) ? text : JSON.stringify(text);
}
function lines(given, indent = '') {
  return Object.entries(given).flatMap(([key, said]) => {
    if (Array.isArray(said)) {
      return [`${indent}${key}:`, ...said.flatMap((one) => lines(one, `${indent}    `)
        .map((line, n) => (n ? line : `${indent}  - ${line.trimStart()}`)))];
    }
    if (typeof said === 'object') return [`${indent}${key}:`, ...lines(said, `${indent}  `)];
    return [`${indent}${key}: ${scalar(said)}`];
  });
}
const frontMatter = (given) => `---\n${lines(given).join('\n')}\n---\n`;

/** An id out of words: of other scripts than Latin nothing is left, so there is a word to begin with. */
function slug(text, otherwise) {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const found = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return found.split('-').slice(0, 6).join('-').slice(0, 60).replace(/-+$/, '') || otherwise;
}
/** Only what was filled in. */
const filled = (given) => Object.fromEntries(Object.entries(given).filter(([, said]) => said));
const named = (list, text) => Object.keys(data[list]).find((id) => id === text || data[list][id] === text);

/** The files of a quotation: its own, and that of its source where that is new. */
function ofQuotation() {
  const said = (name) => value(quotation, name);
  const files = [];
  let source = named('sources', said('source'));
  if (!source && said('source')) {
    const made = filled({
      type: 'webpage',
      title: said('source-title'),
      publisher: said('publisher'),
      issued: said('issued'),
      url: said('source'),
    });
    source = slug(`${said('publisher')} ${said('source-title')}`, 'source');
    files.push({ kind: 'sources', path: `${data.content}/sources/${source}.md`, given: made });
  }
  const person = named('people', said('speaker'));
  const given = filled({
    title: said('title'), text: said('text'), speaker: person || (said('speaker') && { unnamed: said('speaker') }),
    said_on: said('said_on'), topic: said('topic'), language: said('language'), evidence: source && [{ source }],
  });
  const id = slug(said('title'), 'quotation');
  return [...files, { kind: 'quotes', path: `${data.content}/quotes/${id}.md`, given }];
}

/** The lines that a correction adds to the front matter of a file. */
function ofCorrection() {
  const said = (name) => value(correction, name);
  const source = named('sources', said('source')) ?? said('source');
  const why = said('why') && source && `${said('why')} ${data.sources[source] ? `[@${source}]` : `<${source}>`}`;
  const given = filled({ on: new Date().toISOString().slice(0, 10), was: said('was'), now: said('now'), why });
  return [{ kind: 'correction', path: said('file'), given }];
}

// ---------- checking and showing
/** The fields in which values of other names are written. */
const FIELDS = { evidence: 'source', url: 'source', unnamed: 'speaker' };
const inSource = { title: 'source-title' };
function faultsOf(form, { kind, given }) {
  return faults(data.schemas[kind], given).map(({ path, rule }) => {
    const key = path.findLast((part) => typeof part === 'string') ?? '';
    const name = (kind === 'sources' && inSource[key]) || FIELDS[key] || key;
    const input = field(form, name);
    const label = input?.labels?.[0]?.textContent ?? key;
    const missing = rule === 'required' || rule === 'minItems';
    return { input, said: words(missing ? 'suggest.missing' : 'suggest.wrong', { field: label }) };
  });
}

async function copy(text) {
  try { await navigator.clipboard.writeText(text); status.textContent = words('suggest.copied'); } catch {
    status.textContent = words('suggest.by-hand');
  }
}

function shown(path, text, href, label) {
  const button = make('button', { className: 'button', type: 'button', textContent: words('suggest.copy') });
  button.addEventListener('click', () => copy(text));
  const link = href ? make('a', { className: 'button', href, textContent: words(label) }) : null;
  return make('section', {}, make(`h${place.dataset.level}`, { textContent: path, attrs: { dir: 'ltr' } }),
    make('pre', { tabIndex: 0, attrs: { dir: 'ltr' } }, make('code', { textContent: text })),
    make('div', { className: 'actions' }, button, ' ', link));
}

/** Where a new file can be made with this text in it, at a host that works as GitHub does. */
function fresh(path, text) {
  if (!data.new) return '';
  const [, folder, name] = path.match(/^(.*\/)([^/]+)$/);
  return `${data.new}${folder}?${new URLSearchParams({ filename: name, value: text })}`;
}

function told(form, files) {
  form.after(status, results);
  results.replaceChildren();
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  const wrong = files.flatMap((file) => faultsOf(form, file));
  const once = wrong.filter(({ said }, n) => wrong.findIndex((one) => one.said === said) === n);
  if (once.length) {
    status.textContent = once.map(({ said }) => said).join(' ');
    for (const { input } of once) input?.setAttribute('aria-invalid', 'true');
    once.find(({ input }) => input)?.input.focus();
    return false;
  }
  return true;
}

quotation.addEventListener('submit', (event) => {
  event.preventDefault();
  const files = ofQuotation();
  if (!told(quotation, files)) return;
  status.textContent = words(files.length > 1 ? 'suggest.two' : 'suggest.one');
  results.replaceChildren(...files.map(({ path, given }) => {
    const text = frontMatter(given);
    return shown(path, text, fresh(path, text), 'suggest.new-file');
  }));
});

correction.addEventListener('submit', (event) => {
  event.preventDefault();
  const [file] = ofCorrection();
  if (!told(correction, [file])) return;
  status.textContent = words('suggest.lines', { file: file.path });
  const text = `${lines({ corrections: [file.given] }).join('\n')}\n`;
  const known = /^[\w-]+(?:\/[\w.-]+)+\.md$/.test(file.path);
  results.replaceChildren(shown(file.path, text, data.edit && known ? data.edit + file.path : '', 'suggest.open'));
});

/** A source that is not known yet is described. */
const source = field(quotation, 'source');
const more = quotation.querySelector('.new-source');
const describe = () => { more.hidden = !source.value.trim() || Boolean(named('sources', source.value.trim())); };
source.addEventListener('input', describe);

// From whose page somebody comes here.
const from = new URLSearchParams(location.search).get('file') ?? '';
if (/^[\w-]+(?:\/[\w.-]+)+\.md$/.test(from)) field(correction, 'file').value = from;
for (const form of [quotation, correction]) form.querySelector('fieldset').disabled = false;
describe();
place.querySelector('.needs').hidden = true;
