// Verifies what a site publishes: node tests/node/evidence.mjs site/evidence.json [site/data/explainer.json]
// The captures, the proofs, and with the second file whether the words that are called proven are those opened.
import { readFileSync } from 'node:fs';
import { judge, opened } from './verdict.mjs';
import { check, digest } from './verifier.mjs';

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const { captures, proofs } = read(process.argv[2]);
let [right, wrong] = [0, 0];
const look = (what, test) => {
  try { test(); right += 1; } catch (error) { wrong += 1; console.log(`${what}: ${error.message}`); }
};

for (const [source, kept] of Object.entries(captures)) {
  for (const one of kept) {
    look(`${source}, ${one.date}`, () => {
      if (digest(source, one) !== one.digest) throw new Error('the capture is not as it was written');
    });
  }
}
for (const [of, found] of Object.entries(proofs)) {
  for (const proof of found) {
    look(`${of}: ${proof.words}`, () => check(proof, { source: proof.source, captures: captures[proof.source] ?? [] }));
  }
}

const { evidence = [], quotes = [], sources = [] } = process.argv[3] ? read(process.argv[3]).tables : {};
const languages = new Map(sources.map(({ id, language }) => [id, language ?? '']));
const texts = new Map(quotes.map((quote) => [`quotes/${quote.id}`, [quote.text, quote.original_text ?? '']]));
for (const { kind, entity, source, exact, proven, captured_on: date } of evidence) {
  if (proven !== 1) continue;
  const of = `${kind}/${entity}`;
  const words = exact ? [exact] : texts.get(of) ?? [];
  const capture = captures[source]?.find((one) => one.date === date);
  const own = (proofs[of] ?? []).filter((proof) => proof.source === source && proof.capture === date);
  look(`${of}: ${words[0]}`, () => {
    const how = { language: languages.get(source) ?? '', whole: false };
    const found = words.map((one) => judge(one, capture ? opened(own, capture) : [], how).kind);
    if (!found.some((one) => ['verbatim', 'abridged', 'edited'].includes(one))) throw new Error(found.join(', '));
  });
}
console.log(`${right} verified, ${wrong} not`);
process.exitCode = wrong ? 1 : 0;
