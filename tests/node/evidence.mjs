// Verifies what a site publishes: node tests/node/evidence.mjs site/evidence.json
import { readFileSync } from 'node:fs';
import { check, digest } from './verifier.mjs';

const { captures, proofs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
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
console.log(`${right} verified, ${wrong} not`);
process.exitCode = wrong ? 1 : 0;
