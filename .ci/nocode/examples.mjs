// examples.mjs NODES.json…: checks examples/nocode and that nothing private is in it.
import fs from 'node:fs';
import { check } from './n8n.mjs';
import { checkBlueprint } from './make.mjs';

const folder = new URL('../../examples/nocode/', import.meta.url);
const read = (name) => fs.readFileSync(new URL(name, folder), 'utf8');
const names = fs.readdirSync(folder);
const problems = [];

for (const file of process.argv.slice(2)) {
  const descriptions = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const name of names.filter((n) => /^n8n-.*\.json$/.test(n))) {
    for (const problem of check(JSON.parse(read(name)), descriptions)) problems.push(`${name} (${file}): ${problem}`);
  }
}
for (const name of names.filter((n) => /^make-.*\.json$/.test(n))) {
  for (const problem of checkBlueprint(JSON.parse(read(name)))) problems.push(`${name}: ${problem}`);
}
// One address to replace, the same everywhere; no key.
for (const name of names) {
  const text = read(name);
  if (/am_[a-z2-7]{32}|127\.0\.0\.1|localhost/.test(text)) problems.push(`${name}: a key, or an address of one machine`);
  if (/^(n8n-angebot|make-blueprint)\.json$/.test(name) && text.split('https://mappe.example/v1/hooks/engagement?key=SCHLUESSEL').length !== 2) {
    problems.push(`${name}: the address to replace does not stand there once`);
  }
}
if (!names.includes('n8n-angebot.json') || !names.includes('make-blueprint.json')) problems.push('an example is missing');
for (const problem of problems) console.error(problem);
process.exitCode = problems.length ? 1 : 0;
