// What a search finds in the site's own small index: names in each spelling, and the questions that pages answer.
// Plain functions of words; the dialog is search.js.

/** Words as they are compared: without case, accents, marks and the shape of an apostrophe. */
export const bare = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  .replace(/['’ʼ]s?(?=\s|$)/g, '').replace(/['’ʼ]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
const split = (text) => bare(text).split(' ').filter(Boolean);

/** How many letters differ, an exchange of two counted once; `most + 1` where there are more. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** How well a word of the search fits a word of the index, from 0 to 1. */
function fit(asked, word, known) {
  if (asked === word) return 1;
  if (asked.length >= 3 && word.startsWith(asked)) return 0.9;
  let shared = 0;
  while (shared < asked.length && asked[shared] === word[shared]) shared += 1;
  if (shared >= 4 && Math.max(asked.length, word.length) - shared <= 3) return 0.85; // agree, agreed
  if (known || asked.length < 4 || /\d/.test(asked)) return 0; // only an unknown word may be a slip
  const most = asked.length >= 8 ? 2 : 1;
  const wrong = distance(asked, word, most);
  return wrong <= most ? 0.8 - 0.1 * wrong : 0;
}

const BETTER = ['people', 'places', 'terms'];

/** The index made ready: each phrase in words, and what each word weighs; rare words weigh more. */
export function prepared(entries) {
  const phrases = entries.flatMap(([address, kind, title, line, names, asked]) => {
    const page = { address, kind, title, line };
    const make = (name) => (text) => ({ page, name, words: split(text) });
    return [...names.map(make(true)), ...asked.map(make(false))];
  });
  const counts = new Map();
  for (const { words } of phrases) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const weigh = (word) => Math.log(1 + phrases.length / (counts.get(word) ?? 1));
  return { phrases, counts, weigh };
}

function scored(phrase, asked, { weigh, known }) {
  let sought = 0;
  let met = 0;
  let rest = phrase.words.reduce((sum, word) => sum + weigh(word), 0);
  const whole = rest;
  const free = new Set(phrase.words);
  for (const word of asked) {
    const [best, how] = [...free].map((other) => [other, fit(word, other, known.has(word))])
      .reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
    // A common word that is missing costs what it weighs where it stands.
    sought += weigh(word);
    if (!how) continue;
    met += Math.min(weigh(word), weigh(best)) * how + Math.max(0, weigh(word) - weigh(best)) * how;
    rest -= weigh(best);
    free.delete(best);
  }
  return { asked: met / sought, said: (whole - rest) / whole };
}

/** The pages that a search names or asks for, the best first: `{ address, kind, title, line, score }`. */
export function found(index, text, most = 4) {
  const asked = split(text);
  if (!asked.length) return [];
  const all = [...index.counts.keys()];
  const known = new Set(asked.filter((word) => all.some((other) => fit(word, other, true) >= 0.85)));
  const best = new Map();
  for (const phrase of index.phrases) {
    const { asked: part, said } = scored(phrase, asked, { ...index, known });
    const rank = BETTER.indexOf(phrase.page.address.split('/')[0]);
    let score = 0;
    if (phrase.name && part >= 0.7 && asked.length <= phrase.words.length) {
      score = 1 + part + said / 4 + (rank < 0 ? 0 : (3 - rank) / 20);
    } else if (!phrase.name && part >= 0.65 && said >= 0.5) score = part * (0.5 + said);
    if (score > (best.get(phrase.page)?.score ?? 0)) best.set(phrase.page, { ...phrase.page, score });
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, most);
}

/** Whether a page has anything to do with what was asked: Pagefind gives the nearest even to nonsense. */
export function meets(content, text) {
  const words = split(text);
  const long = words.filter((word) => word.length > 2);
  const wanted = long.length ? long : words;
  const inside = ` ${bare(content)} `;
  const hits = wanted.filter((word) => inside.includes(` ${word.slice(0, Math.max(3, word.length - 2))}`));
  return hits.length > 0 && hits.length * 2 >= wanted.length;
}
