// "Words that weigh", and the other lists of word_lists.json.
import { readFileSync } from 'node:fs';
import { folded, isCharacter } from './compare.mjs';
import { tree } from './verifier.mjs';

const { languages, elsewhere } = JSON.parse(readFileSync(
  new URL('../../scripts/summitry/proof/word_lists.json', import.meta.url), 'utf8',
));
const KINDS = ['negations', 'turning', 'numbers', 'ordinals'];
/** Characters that have a numeric value in Unicode 14: numbers, and some Chinese characters. */
export const NUMERIC = new RegExp('[\\p{N}㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百'
  + '肆萬貮貳贰阡陆陌陸零\\uf96b\\uf973\\uf978\\uf9b2\\uf9d1\\uf9d3\\uf9fd\\u{2f890}'
  + '𠀁𠁤𠃢𠄡𠤪𠦃𠦌𠦜𠫪𠫽𠬙𢎐𢦘𣬛𦉭]', 'u');
const ROMAN = /^(?=[IVXLC]{2}|[VX]$)(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/u;
const POINTS = /[\u0591-\u05c7\u0610-\u061a\u064b-\u0652\u0670\u0640]/gu;
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const CLITICS = /^(?:[והבלמשכ]{1,2}|[وفبلكس]{0,2}(?:ال)?)/u;
const PREFIXES = ['un', 'im', 'il', 'ir', 'non', 'dis', 'mis', 'anti'];
const LONGEST = 4;

export const primary = (language) => language.split('-')[0].toLowerCase();
const normal = (word) => tree.normalForm(folded(word));
const entries = (name, kind) => (languages[name][kind] ?? '').split(' ').filter(Boolean);

const made = new Map();
/** The words and the stems that weigh in a source of a language, each with its kind. */
function listsOf(language) {
  if (made.has(language)) return made.get(language);
  const [words, stems] = [new Map(), new Map()];
  const others = Object.keys(languages).filter((name) => name !== language);
  for (const name of languages[language] ? [language, ...others] : others) {
    for (const kind of KINDS) {
      for (const word of entries(name, kind)) {
        if (name !== language && (elsewhere[word] ?? '').split(' ').includes(language || undefined)) continue;
        const [into, key] = word.endsWith('*') ? [stems, normal(word.slice(0, -1))] : [words, normal(word)];
        const known = into.get(key);
        // The language's own list comes first; among others, a negation before anything else.
        const own = name === language || (into === words && known?.own);
        if (!known || (!known.own && KINDS.indexOf(kind) < KINDS.indexOf(known.kind))) {
          into.set(key, { kind, own: Boolean(own) && into === words });
        }
      }
    }
  }
  made.set(language, { words, stems });
  return made.get(language);
}

const parts = ['de', 'it', 'nl'].flatMap((name) => ['numbers', 'ordinals'].flatMap((kind) => entries(name, kind)))
  .filter((word) => word.length > 2);
const ends = [...new Set(parts)].join('|');
const COMPOUND = new RegExp(`^(?:ein|een|${ends})(?:und|en|ën)?(?:(?:${ends})(?:und|en|ën)?)+$`, 'u');

/** How a word weighs: negations, turning, numbers, ordinals, or nothing. */
export function weightOf(word, language) {
  const plain = word.replace(SELECTORS, '').normalize('NFKC');
  if (NUMERIC.test(plain) || ROMAN.test(plain)) return 'numbers';
  const key = tree.normalForm(folded(plain).replace(POINTS, ''));
  const found = [key, ...key.split(/[^\p{L}\p{N}_']+/u).filter(Boolean)];
  for (const part of found) {
    const kind = weightOfPart(part, listsOf(primary(language)));
    if (kind) return kind;
  }
  return undefined;
}

function weightOfPart(part, { words, stems }) {
  const chars = [...part];
  const most = [...(part.match(CLITICS)?.[0] ?? '')].length;
  const bare = chars.slice(0, most).map((_, n) => chars.slice(n + 1)).filter((left) => left.length > 1);
  const forms = [part, part.replace(/'s$/u, ''), ...bare.map((left) => left.join(''))];
  const apostrophe = part.indexOf("'");
  if (apostrophe >= 0 && apostrophe + 1 < part.length) {
    forms.push(part.slice(0, apostrophe + 1), part.slice(apostrophe + 1));
  }
  const listedForm = forms.find((form) => words.has(form));
  if (listedForm !== undefined) return words.get(listedForm).kind;
  if (part.endsWith("n't")) return 'negations';
  for (const form of forms) {
    for (let length = 3; length <= form.length; length += 1) {
      const stem = stems.get(form.slice(0, length));
      if (stem) return stem.kind;
    }
  }
  return chars.length < 60 && COMPOUND.test(part) ? 'numbers' : undefined;
}

export const negates = (kind) => kind === 'negations' || kind === 'turning';

/** The words that weigh in a row, as { start, end, word, kind }; characters alone and in runs. */
export function weigh(row, language) {
  const { words } = listsOf(primary(language));
  return row.flatMap((one, at) => {
    const alone = weightOf(one.word, language);
    const found = alone ? [{ start: at, end: at + 1, word: one.word, kind: alone }] : [];
    for (let count = 2; isCharacter(one.word) && count <= LONGEST && at + count <= row.length; count += 1) {
      const word = row.slice(at, at + count).map((each) => each.word).join('');
      if (words.has(word)) found.push({ start: at, end: at + count, word, kind: words.get(word).kind });
    }
    return found;
  });
}

/** Whether words put in weigh once they are read as one word of letters alone, without accents. */
export function disguised(row, language) {
  const joined = row.map(({ word }) => word).join('');
  const plain = [...joined.normalize('NFD')].filter((char) => /\p{L}/u.test(char)).join('').normalize('NFC');
  if (PREFIXES.includes(plain) && ['', 'en'].includes(primary(language))) return true;
  return (plain !== joined || row.length > 1) && Boolean(weightOf(plain, language));
}

/** Whether another list has a word, of whatever language: magnitudes, continuing, capitonyms, acronyms. */
export function listed(word, kind) {
  const key = folded(word);
  return Object.keys(languages).some((name) => entries(name, kind).some((one) => (
    one.endsWith('*') ? key.startsWith(one.slice(0, -1)) : key === one)));
}
