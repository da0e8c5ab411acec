// What the checks are for, they find: each change to a good example is one that n8n or Make would stumble over.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { check } from './n8n.mjs';
import { checkBlueprint } from './make.mjs';

const example = (name) => JSON.parse(fs.readFileSync(new URL(`../../examples/nocode/${name}`, import.meta.url), 'utf8'));
const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
const descriptions = JSON.parse(fs.readFileSync(path.join(cache, 'auftragsmappe/n8n-nodes-base-2.40.2/nodes.json'), 'utf8'));
const named = (workflow, name) => workflow.nodes.find((node) => node.name === name);

const n8nFaults = {
  'there is no parameter': (w) => { named(w, 'Auftragsmappe').parameters.adress = 'x'; },
  'is not shown with these settings': (w) => { named(w, 'Auftragsmappe').parameters.sendBody = false; },
  'is none of': (w) => { named(w, 'Auftragsmappe').parameters.method = 'SEND'; },
  'n8n has no': (w) => { named(w, 'Formular').typeVersion = 9; },
  'neither true nor false': (w) => { named(w, 'Auftragsmappe').parameters.sendBody = 'ja'; },
  'there is no node': (w) => { named(w, 'Auftragsmappe').parameters.jsonBody = "={{ $('Forumlar').first() }}"; },
  'in  $json. ': (w) => { named(w, 'Fragen').parameters.completionTitle = '={{ $json. }}'; },
  'no operation': (w) => { named(w, 'Ausgestellt?').parameters.conditions.conditions[0].operator.operation = 'wahr'; },
  'key credentials': (w) => { named(w, 'Auftragsmappe').credentials = {}; },
  'retries': (w) => { named(w, 'Auftragsmappe').waitBetweenTries = 60000; },
  'needs a webhookId': (w) => { delete named(w, 'Formular').webhookId; },
  'needs formTitle': (w) => { delete named(w, 'Formular').parameters.formTitle; },
  'nothing leads to': (w) => { delete w.connections['Nur gültige']; },
  'the error leads nowhere': (w) => { w.connections.Auftragsmappe.main.pop(); },
  'a list, or none': (w) => { named(w, 'Formular').parameters.formFields.values = {}; },
};
for (const [finding, spoil] of Object.entries(n8nFaults)) {
  test(`n8n: ${finding}`, () => {
    const workflow = example('n8n-angebot.json');
    assert.deepEqual(check(workflow, descriptions), []);
    spoil(workflow);
    const problems = check(workflow, descriptions);
    assert.ok(problems.some((p) => p.includes(finding)), problems.join('\n'));
  });
}

const makeFaults = {
  'https only': (b) => { b.flow[1].mapper.url = 'http://mappe.example'; },
  'mapper.body': (b) => { b.flow[1].mapper.body = '{}'; },
  'which does not run before': (b) => { b.flow[1].mapper.urlEncodedBodyContent[0].value = '{{9.kunde}}'; },
  'unknown key': (b) => { b.nodes = []; },
  'id 1': (b) => { b.flow[1].id = 1; },
  'filter equal': (b) => { b.flow[2].routes[0].flow[0].filter.conditions[0][0].o = 'equal'; },
};
for (const [finding, spoil] of Object.entries(makeFaults)) {
  test(`Make: ${finding}`, () => {
    const blueprint = example('make-blueprint.json');
    assert.deepEqual(checkBlueprint(blueprint), []);
    spoil(blueprint);
    const problems = checkBlueprint(blueprint);
    assert.ok(problems.some((p) => p.includes(finding)), problems.join('\n'));
  });
}
