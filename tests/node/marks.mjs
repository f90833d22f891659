// What an editor marks in a quotation, and what cannot be read. A piece is a word { keys, edited, … },
// an omission { gap } or words in brackets { bracket }.
import { folded, parted, written } from './compare.mjs';
import { tree } from './verifier.mjs';

export const ELLIPSIS = /\.{3,}/u;
const MAX_WORDS = 200;
const INNER = /\[([^[\]]*)\]/gu;
const LETTER = '[\\p{L}\\p{N}_]';
const OMISSION = /\[ ?\.{3,} ?\]|\( ?\.{3,} ?\)/uy;
const BRACKET = /\[([^[\]]*)\]/uy;
const ENDINGS = ['s', 'es', 'd', 'ed', 'ing', 'n', 'en', "'s", 'ly'];

const line = (quotation) => tree.normalForm(tree.lines(quotation).join(' '));
const word = (one, keys, edited = false) => ({ ...one, keys: new Set(keys), edited });

/** Whether a bracket could stand by itself beside this: no letter or digit, or a character of version 2. */
const free = (char) => !char || !new RegExp(LETTER, 'u').test(char) || tree.hasCharacters(char);

/** A quotation all of whose marks the source prints. */
export const asPrinted = (quotation) => written(line(quotation)).map((one) => word(one, [one.key]));

/** A quotation as words, omissions and brackets. */
export function pieces(quotation) {
  const normal = line(quotation);
  const found = [];
  let from = 0;
  const words = (to) => found.push(...written(normal.slice(from, to)).map(spelt));
  const omit = () => { if (!found.at(-1)?.gap) found.push({ gap: true }); };
  for (let at = 0; at < normal.length;) {
    OMISSION.lastIndex = at;
    BRACKET.lastIndex = at;
    const omission = OMISSION.exec(normal)?.[0];
    const [bracket, inside] = BRACKET.exec(normal) ?? [];
    const before = [...normal.slice(0, at)].at(-1);
    if (omission) { words(at); omit(); from = at + omission.length; }
    else if (bracket && free(before) && free([...normal.slice(at + bracket.length)][0])) {
      words(at);
      const put = written(inside);
      if (!put.length) omit();
      else if (found.at(-1)?.bracket) found.at(-1).bracket.push(...put);
      else found.push({ bracket: put });
      from = at + bracket.length;
    } else { at += 1; continue; }
    at = from;
  }
  words(normal.length);
  return found;
}

/** A word, and the keys that the source may have for it where a bracket stands inside. */
function spelt(one) {
  const chunk = one.before + one.word + one.after;
  const marks = [...chunk.matchAll(INNER)].map(([, inside]) => inside);
  const without = parted(chunk.replace(INNER, ''))[1];
  if (!marks.length || !without) return word(one, [one.key]);
  const [before, whole, after] = parted(chunk.replace(INNER, '$1'));
  const keys = [one.key, folded(whole)];
  if (/\][.,;:!?"']*$/u.test(chunk) && ENDINGS.includes(folded(marks.at(-1)))) keys.push(folded(without));
  return word({ before, word: whole, after, speech: 'unknown', key: folded(whole) }, keys, true);
}

// ---------- what cannot be read
const HIDDEN = new RegExp('[\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\p{Co}\\u2028\\u2029\\u2800'
  + '\\ufff0-\\ufffd]|(?![\\t\\n\\r])\\p{Cc}', 'u');
const beside = (scripts) => new RegExp(`[${scripts.split(' ').map((name) => `\\p{scx=${name}}`).join('')}]`, 'u');
const JOINED = beside('Adlm Arab Bali Beng Cakm Deva Gujr Guru Java Knda Khmr Mlym Mand Mong Mymr Nkoo Orya Phag Sinh'
  + ' Syrc Taml Telu Tibt');
const UNSPACED = beside('Bali Java Khmr Laoo Mymr Tale Talu Lana Tavt Thai Tibt');
const NEEDED = [
  [/[\u200c\u200d]/u, JOINED], [/\u200b/u, UNSPACED],
  [/[\u180b-\u180f]/u, beside('Mong')], [/\u034f/u, beside('Hebr')],
];
const SELECTED = /[\p{sc=Han}\p{sc=Mymr}\p{sc=Phag}\uff01-\uff60\u3001\u3002]/u;
const SIGN = /(?![\0-\x7f])\p{S}/u;
const tagged = (name) => name.replace(/./gu, (c) => String.fromCodePoint(0xe0000 + c.codePointAt()));
const TAGS = ['gbeng', 'gbsct', 'gbwls'].map(tagged);
const FLAGS = new RegExp(`\\u{1f3f4}(?:${TAGS.join('|')})\\u{e007f}`, 'gu');
const STRIKING = new RegExp('[\\u0334-\\u0338\\u1cd4\\u1ce2-\\u1ce8\\u20d2\\u20d3\\u20d8-\\u20da\\u20e5\\u20e6\\u20ea\\u20eb'
  + '\\u{10a39}\\u{16af0}-\\u{16af4}\\u{1bc9e}\\u{1d167}-\\u{1d169}]', 'u'); // combining class 1
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
const NO_SCRIPT = /[\p{Lm}\p{Nl}ªº\uff21-\uff5a]/u;
const IMITATING = new RegExp('[\\u0250-\\u0258\\u025a-\\u02af\\u1d00-\\u1dbf\\u2c60-\\u2c7f\\ua720-\\ua7ff\\uab30-\\uab6f'
  + '\\u13a0-\\u13ff\\uab70-\\uabbf\\ua4d0-\\ua4ff]', 'u');
const SHARED = 'aceijopsvxyABCEHIJKMNOPSTXYZавгеикмнопрстухѕіјһԁԛԝАВЕЗІЈКМНОРСТУХЅ'
  + 'αβγηικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ';

const scriptOf = (char) => (NO_SCRIPT.test(char) ? -1 : SCRIPTS.findIndex((script) => script.test(char)));
const scriptsOf = (text) => new Set(
  [...text].filter((char) => /[\p{L}\p{N}]/u.test(char)).map(scriptOf).filter((n) => n >= 0),
);
const mixed = (text) => text.split(/[^\p{L}\p{Nl}\p{No}]+/u).some((run) => scriptsOf(run).size > 1);

/** Whether what has no form of its own stands where it gives none to what is beside it. */
function hides(chars) {
  return chars.some((char, at) => {
    if (!HIDDEN.test(char)) return false;
    const [before, after] = [chars[at - 1] ?? '', chars[at + 1] ?? ''];
    if (/[\ufe00-\ufe0f]/u.test(char) && ((/[0-9#*]/u.test(before) && after === '\u20e3')
      || SIGN.test(before) || /[\u203c\u2049\u2139\u3030\u303d]/u.test(before))) return false;
    if (/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u.test(char)) return !SELECTED.test(before);
    if (char === '\u200d' && SIGN.test(after) && (SIGN.test(before) || before === '\ufe0f')) return false;
    const scripts = NEEDED.find(([which]) => which.test(char))?.[1];
    return !scripts || !(scripts.test(before) || scripts.test(after));
  });
}

/** Whether marks strike a letter through or frame it, or more stand on it than its script needs. */
function overMarked(chars) {
  let [base, count] = [' ', 0];
  return chars.some((char) => {
    if (!/[\p{Mn}\p{Me}]/u.test(char)) { [base, count] = [char, 0]; return false; }
    count ||= [...base.normalize('NFD')].length - 1;
    count += 1;
    const most = /\p{L}/u.test(base) ? [2, 2, 3][scriptOf(base)] ?? 4 : 2;
    return STRIKING.test(char) || (/\p{Me}/u.test(char) && char !== '\u20e3') || count > most;
  });
}

/** Whether a bracket has a letter that passes for another, among the other words. */
function passesForAnother(inside, others) {
  const letters = [...inside].filter((char) => /\p{L}/u.test(char));
  const imitates = (char) => char.normalize('NFKC') !== char && /^[\0-\x7f]*$/u.test(char.normalize('NFKC'));
  if (IMITATING.test(inside) || letters.some(imitates)) return true;
  const [mine, theirs] = [scriptsOf(inside), scriptsOf(others)];
  if (mine.size !== 1 || !theirs.size || [...mine].some((script) => theirs.has(script))) return false;
  return letters.every((char) => SHARED.includes(char));
}

/** Whether words cannot be compared at all. */
export function unreadable(quotation) {
  const chars = [...quotation];
  const normal = line(quotation);
  if (hides([...quotation.replace(FLAGS, '')]) || overMarked(chars)) return true;
  if (mixed(quotation) || mixed(normal.replace(INNER, '$1'))) return true;
  const others = normal.replace(INNER, ' ');
  for (const [, inside] of normal.matchAll(INNER)) {
    if (!written(inside).length && !/^ *\.{3,} *$/u.test(inside)) return true;
    if (passesForAnother(inside, others)) return true;
  }
  const found = pieces(quotation);
  return found.filter(({ gap }) => !gap).length > MAX_WORDS || !found.some(({ keys }) => keys);
}
