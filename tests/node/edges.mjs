// "What stands right beside the words": numbers that they cut, and negations that they leave out.
import { endsClause, endsSentence, isCharacter } from './compare.mjs';
import { listed, negates, weigh, weightOf } from './weights.mjs';

const COMPARISON = /[<>=~≤≥≈±∓≲≳＜＞]/gu;
const POINT = /(?<!\.)[.,٫·]$/u;
const PERCENT = /^[٪％‰%]/u;
const SIGN = /^(?:°.*|[٪％‰%\p{Sc}\p{Sm}]+)$/u;
const REACH = 3;
const GROUP = /^(?:\p{Nd}{3}(?:\P{Nd}.*)?|\p{Nd}+[/⁄]\p{Nd}+)$/u;
const FRACTION = /^[¼-¾⅐-⅞]$/u;
// Words that join the parts of one number: always, behind a magnitude, or between two.
const JOINTS = { y: 0, e: 0, et: 0, and: 1, of: 2, de: 2, di: 2, von: 2 };
const ONE = 'a an um uma un una une ein eine einen einem einer een'.split(' ');
const LONGEST = 3;

const isNumber = (one, language) => ['numbers', 'ordinals'].includes(weightOf(one.word, language));
const figures = (one) => /^\p{Nd}|\p{Nd}$/u.test(one.word);
const closed = (last, next) => last.speech === 'in' && next.speech !== 'in';

/** Whether the words from `start` on, which the quotation begins with `mine`, cut a number. */
export function cutsBefore(row, start, mine, language) {
  const [first, last] = [row[start], row[start - 1]];
  if (!first) return false;
  if ([1, 2].some((back) => fractionOver(row, start - back, start, language))) return true;
  if (!isNumber(first, language)) return false;
  if (/^\p{Nd}/u.test(first.word) && POINT.test(first.before) && !POINT.test(mine.before)) return true;
  const signs = ((last?.after ?? '') + first.before).match(COMPARISON) ?? [];
  if (signs.some((sign) => !mine.before.includes(sign))) return true;
  if (last && !last.after && !first.before && SIGN.test(last.word)) return true;
  return goesOn(row, start, language);
}

/** Whether the words up to `end`, which the quotation ends with `mine`, cut a number. */
export function cutsAfter(row, end, mine, language) {
  const [last, next] = [row[end - 1], row[end]];
  if (!last) return false;
  if ([0, 1, 2].some((back) => fractionOver(row, end - back, end, language))) return true;
  if (!isNumber(last, language)) return false;
  if (PERCENT.test(last.after) && !PERCENT.test(mine.after)) return true;
  if (next && !last.after && !next.before && SIGN.test(next.word)) return true;
  return Boolean(next) && goesOn(row, end, language);
}

/** Whether one number stands on both sides of an edge. */
function goesOn(row, edge, language) {
  const [a, b] = [row[edge - 1], row[edge]];
  if (!a || !b || a.after || b.before) return false;
  if (oneNumber(a, b, language)) return true;
  return [edge - 1, edge].some((at) => at > 0 && withJoint(row.slice(at - 1, at + 2), language));
}

function oneNumber(a, b, language) {
  if (weightOf(a.word, language) !== 'numbers') return false;
  if (!isNumber(b, language)) return listed(b.word, 'magnitudes');
  if (figures(a) && FRACTION.test(b.word)) return true;
  if (figures(a) && figures(b)) return GROUP.test(b.word);
  return figures(a) || figures(b) ? listed(b.word, 'magnitudes') : true;
}

function withJoint(trio, language) {
  const [a, joint, b] = trio;
  if (trio.length < 3 || !trio.every(Boolean) || !(joint.key in JOINTS)) return false;
  if (a.after || joint.before || joint.after || b.before || figures(a) || figures(b)) return false;
  if (weightOf(a.word, language) !== 'numbers' || !isNumber(b, language)) return false;
  return [a, b].slice(0, JOINTS[joint.key]).every(({ word }) => listed(word, 'magnitudes'));
}

/** Whether a fraction in words begins at `start`, behind an amount, and reaches beyond the edge. */
function fractionOver(row, start, edge, language) {
  const amount = row.slice(Math.max(0, start - 2), Math.max(0, start));
  if (!amount.some((one) => one && (ONE.includes(one.key) || isNumber(one, language)))) return false;
  for (let count = edge - start + 1; count <= LONGEST && start + count <= row.length; count += 1) {
    const run = row.slice(start - 1, start + count);
    const close = run.every((one, n) => one && (!n || (!run[n - 1].after && !one.before)));
    if (close && listed(run.slice(1).map(({ key }) => key).join('_'), 'fractions')) return true;
  }
  return false;
}

/** The negation right before the unit at `edge` (side "before") or right after the one before it, or nothing. */
export function negationBeside(row, edge, side, language) {
  const [left, right] = [row[edge - 1], row[edge]];
  if (!left || !right || endsSentence(left) || closed(left, right)) return '';
  if (isCharacter(left.word) && isCharacter(right.word)) return amongCharacters(row, edge, side, language);
  const beyond = side === 'before' ? left : right;
  return !endsClause(left) && negates(weightOf(beyond.word, language)) ? beyond.word : '';
}

function amongCharacters(row, edge, side, language) {
  let [low, high] = [edge, edge];
  const oneSentence = (at) => row[at - 1] && row[at] && !endsSentence(row[at - 1]);
  while (low > Math.max(0, edge - REACH) && (low === edge ? row[low - 1] : oneSentence(low))) low -= 1;
  while (high < Math.min(row.length, edge + REACH) && (high === edge ? row[high] : oneSentence(high))) high += 1;
  const near = row.slice(low, high).filter(Boolean);
  const beyond = ({ start, end }) => (side === 'before' ? low + start < edge : low + end > edge);
  return weigh(near, language).sort((a, b) => (b.end - b.start) - (a.end - a.start))
    .find((one) => negates(one.kind) && beyond(one) && low + one.start <= edge && edge <= low + one.end)?.word ?? '';
}
