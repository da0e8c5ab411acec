// Holds an n8n workflow against the descriptions of n8n's own nodes: every node, version, parameter and option exists, is
// shown with the others as they are set, and every expression and connection leads somewhere.
import vm from 'node:vm';

const nodeKeys = new Set(['parameters', 'id', 'name', 'type', 'typeVersion', 'position', 'webhookId', 'retryOnFail', 'maxTries',
  'waitBetweenTries', 'onError', 'executeOnce', 'alwaysOutputData', 'notes', 'notesInFlow']);
const workflowKeys = new Set(['id', 'name', 'nodes', 'connections', 'settings', 'pinData', 'active', 'meta', 'tags']);
const onError = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];
const operations = {
  string: ['exists', 'notExists', 'empty', 'notEmpty', 'equals', 'notEquals', 'contains', 'notContains', 'startsWith', 'endsWith', 'regex'],
  number: ['exists', 'notExists', 'empty', 'notEmpty', 'equals', 'notEquals', 'gt', 'lt', 'gte', 'lte'],
  boolean: ['exists', 'notExists', 'empty', 'notEmpty', 'true', 'false', 'equals', 'notEquals'],
};

const isExpression = (value) => typeof value === 'string' && value.startsWith('=');
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

const compare = {
  eq: (a, b) => a === b, not: (a, b) => a !== b, gte: (a, b) => a >= b, lte: (a, b) => a <= b, gt: (a, b) => a > b, lt: (a, b) => a < b,
  between: (a, b) => a >= b.from && a <= b.to, startsWith: (a, b) => String(a).startsWith(b), endsWith: (a, b) => String(a).endsWith(b),
  includes: (a, b) => String(a).includes(b), regex: (a, b) => new RegExp(b).test(a), exists: (a) => a !== undefined && a !== null && a !== '',
};

/** fits says whether a value is one of those of a displayOptions rule. An expression may become anything. */
function fits(value, wanted) {
  const values = Array.isArray(value) ? value : [value];
  return values.some((v) => isExpression(v) || wanted.some((w) => {
    if (!isObject(w) || !w._cnd) return v === w;
    const [[name, operand]] = Object.entries(w._cnd);
    return compare[name](v, operand);
  }));
}

/** shown says whether a property is on the form: its siblings, the root ("/name") and the version ("@version") decide. */
function shown(property, here, at) {
  const value = (name) => {
    if (name === '@version') return at.version;
    if (name.startsWith('@')) return undefined;
    return name.startsWith('/') ? at.root(name.slice(1)) : here(name);
  };
  const { show = {}, hide = {} } = property.displayOptions ?? {};
  return Object.entries(show).every(([name, wanted]) => fits(value(name), wanted)) &&
    !Object.entries(hide).some(([name, wanted]) => value(name) !== undefined && fits(value(name), wanted));
}

/** lookup gives the value of a property: what is set, else the default of the first that has the name. */
const lookup = (properties, values) => (name) => name in values ? values[name] : properties.find((p) => p.name === name)?.default;

class Checker {
  constructor(workflow, descriptions) {
    Object.assign(this, { workflow, descriptions, problems: [], names: new Set(workflow.nodes.map((node) => node.name)) });
  }

  say(where, what) { this.problems.push(`${where}: ${what}`); }

  check() {
    for (const key of Object.keys(this.workflow)) if (!workflowKeys.has(key)) this.say('workflow', `unknown key ${key}`);
    if (this.workflow.active || Object.keys(this.workflow.pinData ?? {}).length) this.say('workflow', 'is active, or has pinned data');
    for (const key of ['name', 'id']) {
      const all = this.workflow.nodes.map((node) => node[key]);
      if (new Set(all).size !== all.length || all.some((v) => !v)) this.say('workflow', `two nodes with one ${key}, or one without`);
    }
    for (const node of this.workflow.nodes) this.node(node);
    this.connections();
    return this.problems;
  }

  node(node) {
    const where = node.name;
    for (const key of Object.keys(node)) if (!nodeKeys.has(key)) this.say(where, `key ${key} does not belong into an example`);
    if (node.onError !== undefined && !onError.includes(node.onError)) this.say(where, `onError ${node.onError}`);
    if (node.retryOnFail && !(node.maxTries >= 2 && node.maxTries <= 5 && node.waitBetweenTries >= 0 && node.waitBetweenTries <= 5000)) {
      this.say(where, 'retries: maxTries 2 to 5, waitBetweenTries 0 to 5000');
    }
    const description = this.describe(node);
    if (!description) return this.say(where, `n8n has no ${node.type} ${node.typeVersion}`);
    const root = lookup(description.properties, node.parameters);
    this.values(where, description.properties, node.parameters, { version: node.typeVersion, root });
    if (description.webhooks?.length && !node.webhookId) this.say(where, 'needs a webhookId');
  }

  describe(node) {
    const [prefix, name] = node.type.split('.');
    if (prefix !== 'n8n-nodes-base') return undefined;
    return this.descriptions.find((d) => d.name === name && [d.version].flat().includes(node.typeVersion));
  }

  /** values checks one level of parameters. */
  values(where, properties, values, at) {
    if (!isObject(values)) return this.say(where, 'is no object');
    const here = lookup(properties, values);
    for (const [name, value] of Object.entries(values)) {
      const named = properties.filter((p) => p.name === name);
      const property = named.find((p) => shown(p, here, at));
      if (!named.length) this.say(where, `there is no parameter ${name}`);
      else if (!property) this.say(where, `parameter ${name} is not shown with these settings`);
      else this.value(`${where}.${name}`, property, value, at);
    }
    for (const p of properties) {
      if (p.required && shown(p, here, at) && ['', undefined].includes(here(p.name))) this.say(where, `needs ${p.name}`);
    }
  }

  value(where, property, value, at) {
    if (isExpression(value)) return this.expression(where, value.slice(1));
    const check = this[`${property.type}Value`] ?? this.textValue;
    check.call(this, where, property, value, at);
  }

  textValue(where, property, value) { if (typeof value !== 'string') this.say(where, `${property.type} is no text`); }
  booleanValue(where, _, value) { if (typeof value !== 'boolean') this.say(where, 'neither true nor false'); }
  noticeValue(where) { this.say(where, 'a notice has no value'); }
  resourceLocatorValue(where) { this.say(where, 'not checked'); }

  numberValue(where, property, value) {
    const { minValue = -Infinity, maxValue = Infinity } = property.typeOptions ?? {};
    if (typeof value !== 'number' || value < minValue || value > maxValue) this.say(where, `no number from ${minValue} to ${maxValue}`);
  }

  optionsValue(where, property, value) {
    const options = property.options?.map((o) => o.value);
    if (options?.length && !options.includes(value)) this.say(where, `${value} is none of ${options.join(', ')}`);
  }

  multiOptionsValue(where, property, value) { for (const v of [value].flat()) this.optionsValue(where, property, v); }

  collectionValue(where, property, value, at) { this.values(where, property.options, value, at); }

  fixedCollectionValue(where, property, value, at) {
    if (!isObject(value)) return this.say(where, 'is no object');
    for (const [name, inner] of Object.entries(value)) {
      const option = property.options.find((o) => o.name === name);
      if (!option) { this.say(where, `there is no ${name}`); continue; }
      if (Array.isArray(inner) !== Boolean(property.typeOptions?.multipleValues)) { this.say(where, `${name}: a list, or none`); continue; }
      [inner].flat().forEach((v, i) => this.values(`${where}.${name}[${i}]`, option.values, v, at));
    }
  }

  filterValue(where, _, value) {
    if (!['and', 'or'].includes(value.combinator) || !value.conditions?.length) return this.say(where, 'no conditions');
    for (const c of value.conditions) {
      const { type, operation } = c.operator ?? {};
      if (!operations[type]?.includes(operation)) this.say(where, `no operation ${type} ${operation}`);
      for (const side of [c.leftValue, c.rightValue]) if (isExpression(side)) this.expression(where, side.slice(1));
    }
  }

  /** expression: what stands in {{ }} is JavaScript, and the nodes that it names exist. */
  expression(where, text) {
    for (const [, code] of text.matchAll(/\{\{([\s\S]*?)\}\}(?!\})/g)) {
      try { new vm.Script(`(${code}\n)`); } catch (error) { this.say(where, `${error.message} in ${code}`); }
    }
    for (const [, name] of text.matchAll(/\$\('([^']*)'\)/g)) if (!this.names.has(name)) this.say(where, `there is no node ${name}`);
  }

  connections() {
    const reached = new Set();
    for (const [from, { main, ...others }] of Object.entries(this.workflow.connections)) {
      const node = this.workflow.nodes.find((n) => n.name === from);
      if (!node || Object.keys(others).length) { this.say('connections', `from ${from}`); continue; }
      const outputs = (this.describe(node)?.outputs?.length ?? 0) + (node.onError === 'continueErrorOutput' ? 1 : 0);
      if (main.length > outputs) this.say('connections', `${from} has ${outputs} outputs`);
      for (const to of main.flat()) {
        if (!this.names.has(to.node) || to.type !== 'main' || to.index !== 0) this.say('connections', `${from} to ${to.node}`);
        reached.add(to.node);
      }
      if (node.onError === 'continueErrorOutput' && !main[outputs - 1]?.length) this.say('connections', `${from}: the error leads nowhere`);
    }
    for (const node of this.workflow.nodes) {
      const starts = node.type.endsWith('Trigger') || node.type.endsWith('.stickyNote');
      if (!starts && !reached.has(node.name)) this.say('connections', `nothing leads to ${node.name}`);
    }
  }
}

/** check gives what is wrong with a workflow, a line each. */
export const check = (workflow, descriptions) => new Checker(workflow, descriptions).check();
