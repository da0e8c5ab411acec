// Converts the German patterns of the npm package "hyphen" (patterns/de-1996.js) into de-1996.bin:
//
//   npm pack hyphen && tar xzf hyphen-*.tgz && node convert.mjs package/patterns/de-1996.js de-1996.bin
//
// The file is a trie whose equal branches are shared, read in place, all numbers big-endian:
//   u8 letters, then per letter u16 (its code point; letter n has code n, from 1 on)
//   u16 level lists, then per list u8 length and one u8 a level
//   u24 address of the root (from the start of the file)
//   nodes: u16 level list + 1 (0 = none), u8 edges, per edge u8 letter and u24 address, by rising letter
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

const [source, target] = process.argv.slice(2);
const [levels, trie] = createRequire(import.meta.url)(resolve(source));

const letters = new Set();
const collect = (node) => {
  if (Array.isArray(node)) return collect(node[0]);
  if (typeof node === "object") for (const key in node) letters.add(key), collect(node[key]);
};
collect(trie);
const alphabet = [...letters].sort();
const code = new Map(alphabet.map((letter, index) => [letter, index + 1]));

const head = [alphabet.length];
for (const letter of alphabet) head.push(letter.codePointAt(0) >> 8, letter.codePointAt(0) & 255);
head.push(levels.length >> 8, levels.length & 255);
for (const list of levels) head.push(list.length, ...list);

const start = head.length + 3;
const nodes = [];
const known = new Map();
const place = (node) => {
  const [children, level] = Array.isArray(node) ? node : typeof node === "number" ? [{}, node] : [node, -1];
  const edges = Object.keys(children)
    .map((key) => [code.get(key), place(children[key])])
    .sort((a, b) => a[0] - b[0]);
  const bytes = [(level + 1) >> 8, (level + 1) & 255, edges.length];
  for (const [letter, at] of edges) bytes.push(letter, at >> 16, (at >> 8) & 255, at & 255);
  const key = bytes.join();
  if (!known.has(key)) {
    known.set(key, start + nodes.length);
    nodes.push(...bytes);
  }
  return known.get(key);
};
const root = place(trie);
writeFileSync(target, Buffer.from([...head, root >> 16, (root >> 8) & 255, root & 255, ...nodes]));
console.log(`${alphabet.join("")}: ${levels.length} level lists, ${known.size} nodes, ${start + nodes.length} bytes`);
