// What a search finds, in the site's own small index and in Pagefind's full text. It comes when it is first wanted.
import { base, make, words, wordings } from './summitry.js';
import { bare, found, meets, prepared } from './finding.js';

const LIMIT = 14;
/** A name that is searched for is that of a person, place or term before it is anything else. */
export const RANKING = { metaWeights: { name: 20, title: 1 } };
const plural = (n) => {
  const forms = wordings.results;
  return (forms[new Intl.PluralRules(wordings.locale).select(n)] ?? forms.other).replace('{count}', n);
};

/** Pagefind's excerpt is markup: keep its text and its <mark>s, drop everything else. */
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html').body;
  return [...parsed.childNodes].map((node) => (
    node.nodeName === 'MARK' ? make('mark', { textContent: node.textContent }) : node.textContent));
}

/** A page of this very name comes first. Then, for a run of four words or more, what has it: somebody
    remembers words that were said, so quotations stand before others. Sources come last. */
function ordered(pages, asked) {
  const wanted = bare(asked);
  const run = wanted.split(' ').length >= 4;
  const rank = ({ content, meta, url }) => {
    if (bare(meta.name || meta.title || '') === wanted) return 4;
    if (run && ` ${bare(content)} `.includes(` ${wanted} `)) return 2 + Boolean(meta.speaker);
    return url.slice(base.pathname.length).startsWith('sources/') ? 0 : 1;
  };
  return pages.filter(({ content, meta }) => meets(`${meta.title} ${content}`, asked))
    .map((page) => ({ page, rank: rank(page) })).sort((a, b) => b.rank - a.rank);
}

/** What both indexes found as one list. Words that were said stand first, but a question that was asked
    in so many words, and a name, come before all. */
function joined(known, pages) {
  const own = known.map(({ address, kind, title, line, score }) => ({
    score, page: { url: base.pathname + address, meta: { kind, title, line } } }));
  const said = pages.filter(({ rank }) => rank > 1 && rank < 4);
  const first = own.filter(({ score }) => !said.length || score > 1.4);
  const listed = [...first, ...said, ...own, ...pages].map(({ page }) => page);
  const seen = new Map();
  for (const page of listed) {
    const other = seen.get(page.url);
    if (other) other.excerpt ??= page.excerpt;
    else seen.set(page.url, { ...page });
  }
  return [...seen.values()];
}

function resultItem({ url, meta, excerpt: html }) {
  const about = [meta.speaker, meta.date, meta.state].filter(Boolean).join(' · ');
  return make('li', {},
    make('a', { href: url, textContent: meta.title || url }),
    meta.line ? make('p', { textContent: meta.line }) : null,
    html && !meta.line ? make('p', {}, ...excerpt(html)) : null,
    about ? make('p', { className: 'meta', textContent: about }) : null);
}

let engine;
let names;

async function load() {
  const module = await import(new URL('pagefind/pagefind.js', base));
  await module.options({ baseUrl: base.pathname, ranking: RANKING, noWorker: true }); // 12 kB less to load
  return module;
}

async function known() {
  const answer = await fetch(new URL('assets/finder.json', base));
  if (!answer.ok) throw new Error(answer.statusText);
  return prepared(await answer.json());
}

/** The results for what was asked, in sections by kind, and what the status says of them. */
export async function find(asked) {
  try {
    engine ??= load();
    names ??= known();
    const [index, text] = await Promise.all([names, engine]);
    const results = (await text.search(asked)).results.slice(0, LIMIT);
    const pages = joined(found(index, asked),
      ordered(await Promise.all(results.map((result) => result.data())), asked));
    // Kinds stand in the order of their best result: the best of all stays first.
    const kinds = new Map();
    for (const page of pages) {
      const kind = page.meta.kind || words('pages');
      kinds.set(kind, [...(kinds.get(kind) || []), page]);
    }
    const sections = [...kinds].map(([kind, items]) => make('section', {},
      make('h2', { textContent: kind }), make('ul', {}, ...items.map(resultItem))));
    return { sections, said: pages.length ? plural(pages.length) : words('nothing', { words: asked }) };
  } catch (error) {
    engine = names = undefined; // the next keystroke tries again
    throw error;
  }
}
