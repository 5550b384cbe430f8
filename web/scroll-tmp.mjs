import { spawn } from 'node:child_process';
import { chromium } from 'playwright-core';
const root = new URL('.', import.meta.url).pathname;
const server = spawn(process.execPath, [`${root}node_modules/vite/bin/vite.js`, 'preview'], { cwd: `${root}console`, stdio: 'ignore' });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  const at = (n) => new Date(Date.now() - 30 * 864e5 - n * 6e4).toISOString();
  const items = Array.from({ length: 10000 }, (_, n) => ({ id: `c${n}`, channel: 'whatsapp', status: 'closed', turn: 'assistant', revision: 1, customer: { id: `k${n}`, name: `Long ago ${n}`, identifiers: [] }, labels: [], lastMessage: { id: `m${n}`, sequence: 1, direction: 'inbound', author: { type: 'customer' }, text: `A question of long ago, number ${n}`, createdAt: at(n) }, lastActivityAt: at(n), createdAt: at(n) }));
  await page.route('**/api/conversations/list*', (route) => route.fulfill({ json: { items } }));
  await page.addInitScript(() => localStorage.setItem('assistify.console.known', 'true'));
  for (let i = 0; ; i++) { try { await page.goto('http://localhost:5182/console/inbox?view=closed&channel=whatsapp'); break; } catch (e) { if (i > 50) throw e; await new Promise((r) => setTimeout(r, 200)); } }
  await page.locator('.row').first().waitFor();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  for (let run = 0; run < 3; run++) {
    await page.evaluate(() => { document.querySelector('.list').scrollTop = 1e7; });
    await page.waitForTimeout(500);
    const before = await metrics();
    const times = await page.evaluate(async () => {
      const list = document.querySelector('.list');
      const frame = () => new Promise(requestAnimationFrame);
      const times = []; let last = await frame();
      for (let step = 0; step < 600; step++) { list.scrollTop -= 200; const now = await frame(); times.push(now - last); last = now; }
      return times.sort((a, b) => a - b);
    });
    const after = await metrics();
    const d = (n) => ((after[n] - before[n]) * 1000 / 600).toFixed(2);
    console.log(`median ${times[300].toFixed(1)} p99 ${times[593].toFixed(1)} max ${times[599].toFixed(1)} | per frame ms: script ${d('ScriptDuration')} layout ${d('LayoutDuration')} style ${d('RecalcStyleDuration')} task ${d('TaskDuration')}`);
  }
} finally { await browser.close(); server.kill(); }
