// The shape of a Make blueprint, as far as exported ones have it in common, and the fields of the modules that ours uses.
const modules = {
  'gateway:CustomWebHook': { version: 1, parameters: ['hook', 'maxResults'], mapper: [] },
  'builtin:BasicRouter': { version: 1, parameters: [], mapper: [] },
  'http:MakeRequest': {
    version: 4,
    parameters: ['authenticationType', 'tlsType', 'proxyKeychain'],
    mapper: ['url', 'method', 'headers', 'queryParameters', 'contentType', 'urlEncodedBodyContent', 'parseResponse', 'stopOnHttpError', 'allowRedirects',
      'shareCookies', 'requestCompressedContent', 'timeout'],
  },
};
const operators = ['exist', 'notexist', 'text:equal', 'text:notequal', 'number:equal', 'number:less', 'number:greater'];

function checkModule(module, earlier, say) {
  const known = modules[module.module];
  if (!known) return say(`${module.id}: module ${module.module}`);
  if (module.version !== known.version) say(`${module.id}: version ${module.version}`);
  for (const part of ['parameters', 'mapper']) {
    for (const key of Object.keys(module[part] ?? {})) if (!known[part].includes(key)) say(`${module.id}: ${part}.${key}`);
  }
  const { x, y } = module.metadata?.designer ?? {};
  if (typeof x !== 'number' || typeof y !== 'number') say(`${module.id}: no place on the canvas`);
  if (module.module === 'http:MakeRequest' && !/^(https:\/\/|\{\{)/.test(module.mapper.url)) say(`${module.id}: Make takes https only`);
  for (const { a, o } of (module.filter?.conditions ?? []).flat()) if (!a || !operators.includes(o)) say(`${module.id}: filter ${o}`);
  const own = JSON.stringify([module.mapper, module.filter]);
  for (const [, id] of own.matchAll(/\{\{[^}]*?\b(\d+)\.[a-z`]/g)) if (!earlier.has(Number(id))) say(`${module.id}: names module ${id}, which does not run before`);
}

function checkFlow(flow, earlier, ids, say) {
  if (!Array.isArray(flow) || !flow.length) return say('an empty flow');
  const before = new Set(earlier);
  for (const module of flow) {
    if (!Number.isInteger(module.id) || ids.has(module.id)) say(`id ${module.id}`);
    ids.add(module.id);
    checkModule(module, before, say);
    before.add(module.id);
    for (const route of module.routes ?? []) checkFlow(route.flow, before, ids, say);
  }
}

/** checkBlueprint gives what is wrong with a blueprint, a line each. */
export function checkBlueprint(blueprint) {
  const problems = [];
  const say = (what) => problems.push(what);
  for (const key of Object.keys(blueprint)) if (!['name', 'flow', 'metadata'].includes(key)) say(`unknown key ${key}`);
  if (typeof blueprint.name !== 'string' || blueprint.metadata?.version !== 1 || !blueprint.metadata.scenario) say('name, metadata.version or metadata.scenario');
  checkFlow(blueprint.flow, [], new Set(), say);
  return problems;
}
