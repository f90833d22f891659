// The worked examples of "How the proof works", held against the browser's module and the verifier in Node.
import assert from 'node:assert/strict';
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { judge, passagesOf } from './verdict.mjs';
import { check, cover, digest, encode, tree } from './verifier.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const [first, second] = [read('vectors.json'), read('verdicts.json')];
const hex = (bytes) => Buffer.from(bytes).toString('hex');
let count = 0;
const each = (examples, look) => examples.forEach((example) => { look(example); count += 1; });

each([0, 1, 55, 56, 63, 64, 119, 120, 1000, 70_000], (size) => {
  const [bytes, key] = [randomBytes(size), randomBytes(16)];
  assert.equal(hex(tree.sha256(bytes)), createHash('sha256').update(bytes).digest('hex'));
  assert.equal(hex(tree.hmac(key, bytes)), createHmac('sha256', key).update(bytes).digest('hex'));
});

each(first.lines, ({ what, line, normal, tokens }) => {
  assert.equal(tree.normalForm(line), normal, what);
  assert.deepEqual(tree.tokens(line, 1), tokens, what);
});
each(first.texts, ({ what, text, paragraphs }) => {
  const found = tree.lines(text).map((line) => tree.tokens(line, 1)).filter((words) => words.length);
  assert.deepEqual(found.map((words) => words.map(([, word]) => word)), paragraphs, what);
});
each(first.paragraphs, (example) => {
  const words = tree.tokens(example.line, 1);
  assert.equal(words.length, example.words, example.what);
  assert.equal(hex(tree.seed(words)), example.seed, example.what);
  assert.deepEqual(tree.salts(words).map(hex), example.salts, example.what);
  assert.deepEqual(tree.leaves(words).map(hex), example.leaves, example.what);
  assert.equal(hex(tree.root(words)), example.root, example.what);
});
for (const example of first.slow.paragraphs) {
  const words = tree.tokens(example.line);
  const top = await tree.slowSeed(words);
  assert.equal(hex(top), example.seed, example.what);
  assert.equal(hex(tree.root(words, 3, top)), example.root, example.what);
  count += 1;
}
each([1, 2, 1000], (rounds) => {
  const [secret, salt] = [randomBytes(32), randomBytes(15)];
  const right = pbkdf2Sync(secret, salt, rounds, 32, 'sha256');
  assert.equal(hex(tree.pbkdf2(secret, salt, rounds)), hex(right));
});
each(first.covers, ({ start, end, nodes }) => assert.deepEqual(cover(start, end), nodes));

const { file, refused, text } = first.captures;
each(file.captures, (capture) => assert.equal(digest(file.source, capture), capture.digest));
each(refused, ({ what, of, record }) => assert.notEqual(digest(of, record), record.digest, what));
const whole = file.captures.at(-1).paragraphs;
const captured = tree.lines(text).map((line) => tree.tokens(line, 1)).filter((words) => words.length);
each([...whole.entries()], ([n, row]) => assert.deepEqual(
  captured[n].length < tree.MIN_WORDS ? captured[n].length : [captured[n].length, encode(tree.root(captured[n]))], row,
));
each(first.proofs.valid, (proof) => check(proof, file));
each(first.proofs.refused, (proof) => assert.throws(() => check(proof, file), undefined, proof.what));

each(second.lines, ({ what, line, tokens }) => assert.deepEqual(tree.tokens(line), tokens, what));
each(second.paragraphs, ({ what, line, words, seed, root }) => {
  const found = tree.tokens(line);
  assert.ok(tree.hasCharacters(line), what);
  assert.equal(found.length, words, what);
  assert.equal(hex(tree.seed(found, 2)), seed, what);
  assert.equal(hex(tree.root(found, 2)), root, what);
});

// Verdicts: what is found, what is left out, what brackets hold, and what is told.
const held = ({ words, verdict, gaps, edits, told = '', same_speaker: sameSpeaker = false, what }, lines, language) => {
  const found = judge(words, passagesOf(lines.join('\n')), { language, sameSpeaker });
  assert.deepEqual([found.kind, found.gaps, found.edits], [verdict, gaps, edits], `${what}: ${words}`);
  assert.ok(!told || found.told.some((one) => one.includes(told)), `${what}: ${words}: ${found.told}`);
};
each(first.verdicts.examples, (example) => held(example, first.verdicts.texts[example.text], ''));
each(second.examples, (example) => {
  const { lines, language } = second.texts[example.text];
  held(example, lines, language);
});
console.log(`${count} examples`);
