// What people do on /start; check starts the service and says what the variables mean.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { CHROMIUM, TOOLS, KEY, SHOTS } = process.env;
const base = process.argv[2];
const tools = createRequire(TOOLS + '/');
const { chromium } = tools('playwright-core');
const axe = readFileSync(tools.resolve('axe-core/axe.min.js'), 'utf8');
const launch = readFileSync('examples/launch.json', 'utf8');

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--lang=en-US'] });
const found = [];

// open is the page in a context of its own; what its console complains about is found.
async function open(options = {}) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) found.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => found.push(`error: ${e}`));
  page.on('request', (r) => { if (!r.url().startsWith(base + '/')) found.push(`asks another server: ${r.url()}`); });
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)));
  const answer = await page.goto(base + '/start');
  assert.equal(answer.status(), 200);
  return { context, page };
}

// accessible holds the page against WCAG 2.2 AA and axe's own good practice, and against narrow screens (1.4.10).
async function accessible(page, state) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  for (const v of violations) found.push(`axe, ${state}: ${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).join(' | ').slice(0, 500)}`);
  for (const width of [320, 375, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${state}-${width}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) found.push(`${state}: ${wide} px wide on ${width} px`);
  }
}

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
const result = (page) => page.locator('#ergebnis');

// until tries again what may need a moment: an answer that is under way.
async function until(check) {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (e) {
      if (tries === 100) throw e;
      await new Promise((go) => setTimeout(go, 100));
    }
  }
}

// says holds what a part of the page says against a pattern.
const says = (part, pattern) => until(async () => {
  const text = await part.innerText({ timeout: 1000 });
  assert.ok(pattern.test(text), `not ${pattern}:\n${text.slice(0, 2000)}`);
});

const focuses = (page, id) => until(async () => assert.equal(await focused(page), id));

// tabTo goes on with the Tab key until something is focused; keys are pressed at inputs on the way.
async function tabTo(page, target, keys = {}) {
  const left = new Set(Object.keys(keys));
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    const id = await focused(page);
    if (id === target) {
      assert.deepEqual([...left], [], 'inputs that the Tab key does not reach');
      return;
    }
    if (!left.delete(id)) continue;
    if (keys[id] === ' ') await page.keyboard.press('Space');
    else await page.keyboard.type(keys[id]);
  }
  assert.fail(`the Tab key does not reach ${target}`);
}

async function byKeyboard() {
  const { context, page } = await open();
  await accessible(page, 'empty');
  await page.keyboard.press('Tab');
  await focuses(page, 'Zum Formular');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Prüfen und entscheiden', {
    'client.form': 'GmbH', 'client.name': 'Kurse & Co. <GmbH>', 'client.person.first_name': 'Lena', 'client.person.last_name': 'Hoffmann',
    'client.address.street': 'Aachener Straße 12', 'client.address.postal_code': '50674', 'client.address.city': 'Köln',
    'scope.title': 'Technische Begleitung', 'scope.services.0.title': 'Bestellstrecke', 'pricing.model': ' ',
    'pricing.items.0.description': 'Paket', 'pricing.items.0.unit_price': '1.490,00', 'term.start': '12012026',
    'access.0.what': 'Digistore24: Best', 'contractor.form': 'Einzel', 'contractor.name': 'Jana Sommer', 'contractor.address.street': 'Gartenweg 7',
    'contractor.address.postal_code': '04229', 'contractor.address.city': 'Leipzig', 'contractor.tax_number': '231/123/45678',
    'contractor.bank.iban': 'DE33 8604 0000 0123 4567 89', 'contractor.small_business': ' ',
  });
  await page.keyboard.press('Enter');
  await says(result(page), /Eine Angabe fehlt noch[^]*„Auftragnehmer, E-Mail-Adresse“ fehlt\.[^]*Auftragsverarbeitungsvertrag[^]*Digistore24/);
  await focuses(page, 'ergebnis');
  await accessible(page, 'faults');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await focuses(page, 'contractor.email'); // the summary leads to the input
  await page.keyboard.type('jana@sommer-va.example');
  await page.keyboard.press('Enter'); // from within an input: the check, not one more row
  await says(result(page), /gehören sechs Dokumente[^]*Ohne die Berechtigung „Bestellungen“ wäre keiner nötig/);
  assert.equal(await page.locator('[id="client.name"]').inputValue(), 'Kurse & Co. <GmbH>');
  await accessible(page, 'result');

  const draft = context.waitForEvent('response', (r) => r.url().endsWith('/start/entwurf.pdf?kind=offer'));
  await page.getByRole('button', { name: 'Entwurf ansehen (Angebot' }).focus();
  await page.keyboard.press('Enter');
  const answer = await draft;
  assert.deepEqual([answer.status(), answer.headers()['content-type']], [200, 'application/pdf']);
  assert.match(answer.headers()['content-disposition'], /^inline/);
  await says(result(page), /gehören sechs Dokumente/, 'the page stays');

  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base });
  await page.bringToFront();
  await page.getByRole('button', { name: 'cURL kopieren' }).click();
  await page.getByRole('status').filter({ hasText: 'Kopiert' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, new RegExp(`^curl -X POST '${base}/v1/engagements' [^]*IHR_SCHLUESSEL[^]*"unit_price": "1490.00"`));
  await context.close();
}

async function withoutJavaScript() {
  const { context, page } = await open({ javaScriptEnabled: false });
  await page.getByRole('button', { name: 'Mit einem Beispiel füllen' }).click();
  await page.getByRole('button', { name: 'Weitere Leistung' }).click();
  await page.locator('[id="scope.services.2.title"]').fill('Live-Begleitung');
  assert.match(page.url(), /#scope\.services\.2\.title$/);
  await page.locator('[id="pricing.items.0.unit_price"]').fill('1.490');
  await page.getByRole('button', { name: 'Prüfen und entscheiden' }).click();
  await says(result(page), /nicht eindeutig: „1\.490“/);
  await page.locator('[id="pricing.items.0.unit_price"]').fill('1490');
  await page.getByRole('button', { name: 'Prüfen und entscheiden' }).click();
  await says(result(page), /gehören sechs Dokumente/);
  assert.match(await page.locator('#auftrag-json').inputValue(), /"title": "Live-Begleitung"/);
  assert.equal(await page.getByRole('button', { name: 'cURL kopieren' }).count(), 0, 'a button that does nothing is hidden');
  assert.equal(await page.getByLabel('Name des anderen Werkzeugs').first().isVisible(), false);
  await page.getByText('nach Aufwand, erfasste Stunden').click();
  assert.equal(await page.getByLabel('Obergrenze (Stunden)').isVisible(), true);
  assert.equal(await page.getByLabel('Einzelpreis in Euro').first().isVisible(), false);
  await context.close();
}

async function pasted() {
  const { context, page } = await open();
  const text = page.getByRole('textbox', { name: 'Auftrag als JSON' });
  await text.fill('{"scope": "<script>alert(1)</script>",\n "client": }');
  await page.getByRole('button', { name: 'JSON prüfen' }).click();
  await says(result(page), /nicht lesbar[^]*Zeile 2, Zeichen 12/);
  await accessible(page, 'syntax');
  await page.locator('#json-text').fill(launch);
  await page.getByRole('button', { name: 'JSON prüfen' }).click();
  await says(result(page), /gehören sechs Dokumente/);
  await accessible(page, 'pasted');
  await page.getByRole('button', { name: 'Ins Formular übernehmen' }).click();
  assert.equal(await page.locator('[id="pricing.items.1.unit_price"]').inputValue(), '120,00');
  assert.equal(await page.locator('[id="access.0.what"]').inputValue(), 'digistore24/orders');
  await page.getByText('Angaben zeigen').click();
  await says(page.locator('.ruhig'), /\/communication\/0\/channel/);
  await accessible(page, 'adopted');
  await context.close();
}

async function withKey() {
  const { context, page } = await open();
  const { contractor, client, scope, term, pricing } = JSON.parse(launch);
  const put = await context.request.put(base + '/v1/profile', { headers: { Authorization: `Bearer ${KEY}` }, data: { contractor } });
  assert.equal(put.status(), 200);
  await page.locator('#json-text').fill(JSON.stringify({ client, scope, term, pricing }));
  await page.locator('#json-schluessel').fill('falsch');
  await page.getByRole('button', { name: 'JSON prüfen' }).click();
  await says(result(page), /Schlüssel stimmt nicht/);
  await accessible(page, 'key');
  await page.locator('#json-schluessel').fill(KEY);
  await page.getByRole('button', { name: 'JSON prüfen' }).click();
  await says(result(page), /gehören vier Dokumente/);
  assert.equal((await page.content()).includes(KEY), false, 'the key is in the page');
  await accessible(page, 'profile');
  const draft = context.waitForEvent('response', (r) => r.url().endsWith('/start/entwurf.pdf?kind=contract'));
  await page.getByLabel('API-Schlüssel für die Entwürfe').fill(KEY);
  await page.getByRole('button', { name: 'Entwurf ansehen (Vertrag' }).click();
  assert.equal((await draft).status(), 200);
  await context.close();
}

try {
  for (const use of [byKeyboard, withoutJavaScript, pasted, withKey]) {
    const from = Date.now();
    await use();
    console.log(`${use.name}: ${Date.now() - from} ms`);
  }
} finally {
  await browser.close();
}
if (found.length > 0) {
  console.error(found.join('\n'));
  process.exit(1);
}
