// Screenshots of the built pages with mock services, at three widths, light and dark, with axe-core's findings and every
// console error: `npm run build && npm run look`, or `npm run look -- 360` for one of the widths. The pictures are for a
// person to look at.
import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const root = new URL('..', import.meta.url).pathname;
const target = `${root}../artifacts/web`;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1440, 768, 360];
await mkdir(target, { recursive: true });

const servers = ['chat', 'sandbox', 'console'].map((folder) =>
  spawn(process.execPath, [`${root}node_modules/vite/bin/vite.js`, 'preview'], { cwd: `${root}${folder}`, stdio: 'inherit' }),
);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let problems = 0;

const consolePages = [
  ['settings/knowledge', 'Opening hours'],
  ['settings/knowledge/documents', 'Terms of delivery'],
  ['settings/knowledge/questions', 'Is there parking'],
  ['settings/knowledge/understanding', 'Corrections to review'],
  ['settings/assistant', 'is being tried'],
  ['settings/assistant/tools', 'refund order'],
  ['settings/assistant/proposals', 'Decided'],
  ['settings/assistant/cases', 'Parcel lost'],
  ['settings/widget', 'Needed to begin'],
  ['settings/workspace', 'Response targets'],
  ['settings/products', 'sold out'],
  ['settings/teams', 'Nobody is in it'],
  ['settings/templates', 'order_update'],
  ['settings/macros', 'Refund sent'],
  ['settings/rules', 'money back'],
  ['inbox', 'Late by'],
  ['inbox/late', 'First answer late'],
  ['settings/connections', 'refuses the credentials'],
  ['operations', 'Needs somebody'],
  ['figures?span=7', 'Messages by channel'],
  ['figures/behind?figure=channel_stats&key=whatsapp&from=2026-11-15T00:00:00Z&to=2026-11-22T00:00:00Z&span=7', 'Erased since'],
  ['inbox/opted-out', 'asked for no more messages'],
  ['inbox/window-over', 'Send a template'],
];

async function open(width, scheme, url) {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 740 : 900 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    bypassCSP: false,
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    problems++;
    console.log(`console ${message.type()} at ${width} ${scheme}: ${message.text()}`);
  });
  // Leaving a form that was changed is asked about.
  page.on('dialog', (dialog) => dialog.accept());
  page.on('pageerror', (error) => {
    problems++;
    console.log(`page error at ${width} ${scheme}: ${error.message}`);
  });
  for (let attempt = 0; ; attempt++) {
    try {
      await page.goto(url);
      break;
    } catch (error) {
      if (attempt > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  return page;
}

async function shoot(page, name) {
  await page.screenshot({ path: `${target}/${name}.png` });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const violation of violations) {
    problems++;
    console.log(`${name}: ${violation.impact} ${violation.id}: ${violation.help}\n  ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 4).join('\n  ')}`);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) {
    problems++;
    console.log(`${name}: ${overflow} px wider than the screen`);
  }
}

async function say(page, text, expected) {
  await page.getByLabel('Your message').fill(text);
  await page.keyboard.press('Enter');
  if (expected) await page.getByText(expected).last().waitFor();
}

try {
  for (const scheme of ['light', 'dark']) {
    for (const width of widths) {
      const name = `${width}-${scheme}`;
      const chat = await open(width, scheme, 'http://localhost:5180/');
      await chat.getByLabel('Your message').waitFor();
      await chat.waitForTimeout(500);
      if (width === 1440 && scheme === 'light') {
        await shoot(chat, `chat-first-${name}`);
        await say(chat, 'Are you open on Sunday?', 'from 10:00');
        await say(chat, 'هل تشحنون إلى قبرص؟', 'نعم');
        await say(chat, 'I am looking for a blue vase under 50 EUR', 'stoneware one');
        await chat.getByText('Ask about it').first().waitFor();
      }
      await chat.waitForTimeout(300);
      await shoot(chat, `chat-${name}`);
      if (width === 360) {
        await say(chat, 'Do you ship to Cyprus?', 'shipping is free');
        await chat.waitForTimeout(300);
        await chat.getByRole('button', { name: /^Source 1/ }).last().click();
        await chat.evaluate(() => document.querySelector('.scroller').scrollTo(0, 1e6));
        await shoot(chat, `chat-source-${name}`);
        await chat.context().setOffline(true);
        await say(chat, 'Written without a connection');
        await chat.getByText('Waits for the connection').waitFor();
        await shoot(chat, `chat-away-${name}`);
        await chat.context().setOffline(false);
        await chat.waitForTimeout(5000);
        await say(chat, 'Tell me ?slow');
        await chat.waitForTimeout(400);
        await shoot(chat, `chat-writing-${name}`);
      }
      await chat.context().close();

      const sandbox = await open(width, scheme, 'http://localhost:5181/sandbox/');
      const phone = sandbox.getByRole('region', { name: /^Phone for WhatsApp/ });
      await phone.getByLabel('Message on the phone').waitFor();
      if (width === 360) await shoot(sandbox, `sandbox-first-${name}`);
      await phone.getByLabel('Message on the phone').fill('I am looking for a blue vase');
      await sandbox.keyboard.press('Enter');
      await sandbox.locator('.said-theirs', { hasText: /delivered/i }).first().waitFor();
      await phone.getByRole('button', { name: 'Location' }).click();
      await phone.getByRole('button', { name: 'Send location' }).click();
      await sandbox.locator('.said-theirs', { hasText: 'Shall I ask' }).first().waitFor();
      await sandbox.waitForTimeout(1200);
      await shoot(sandbox, `sandbox-${name}`);
      if (width !== 768) {
        await sandbox.getByRole('button', { name: 'Requests', exact: true }).first().click();
        await sandbox.locator('summary').first().click();
        await shoot(sandbox, `sandbox-requests-${name}`);
        if (width === 360) {
          await sandbox.getByRole('button', { name: 'Faults', exact: true }).click();
          await shoot(sandbox, `sandbox-faults-${name}`);
        }
      }
      await sandbox.context().close();

      const desk = await open(width, scheme, 'http://localhost:5182/console/');
      await desk.evaluate(() => localStorage.setItem('assistify.console.known', 'true'));
      for (const [path, expected] of consolePages) {
        await desk.goto(`http://localhost:5182/console/${path}`);
        await desk.getByText(expected).first().waitFor();
        await desk.waitForTimeout(200);
        await shoot(desk, `console-${path.split('?')[0].replaceAll('/', '-')}-${name}`);
      }
      await desk.goto('http://localhost:5182/console/figures?span=7');
      await desk.getByRole('slider').first().focus();
      await desk.keyboard.press('ArrowLeft');
      await shoot(desk, `console-chart-by-keys-${name}`);
      await desk.goto('http://localhost:5182/console/settings/knowledge/documents');
      await desk.getByRole('button', { name: /^Text and versions of Terms/ }).click();
      await desk.getByText('Version 3').waitFor();
      await shoot(desk, `console-document-${name}`);
      await desk.goto('http://localhost:5182/console/settings/knowledge/documents');
      await desk.getByRole('button', { name: 'Upload a document' }).click();
      await shoot(desk, `console-upload-${name}`);
      await desk.goto('http://localhost:5182/console/settings/assistant/cases');
      await desk.getByRole('button', { name: 'Run the suite' }).click();
      await desk.getByText('1 of 2 cases').waitFor();
      await desk.locator('summary').first().click();
      await shoot(desk, `console-suite-${name}`);
      await desk.goto('http://localhost:5182/console/inbox/late');
      if (width < 1200) await desk.getByRole('button', { name: 'Customer', exact: true }).click();
      await desk.getByText('Green vase').waitFor();
      await shoot(desk, `console-enquiries-${name}`);
      await desk.getByRole('button', { name: 'Ask a supplier' }).click();
      await desk.getByLabel('What it is about').waitFor();
      await shoot(desk, `console-ask-supplier-${name}`);
      await desk.goto('http://localhost:5182/console/settings/widget');
      await desk.getByRole('button', { name: 'Show the QR code' }).click();
      await desk.getByRole('img', { name: /^QR code/ }).waitFor();
      await shoot(desk, `console-qr-${name}`);
      await desk.goto('http://localhost:5182/console/inbox/window-over');
      await desk.getByRole('button', { name: 'Send a template' }).click();
      await desk.locator('select[name=template]').selectOption('update');
      await shoot(desk, `console-template-${name}`);
      await desk.getByRole('button', { name: 'Cancel' }).click();
      await desk.getByRole('button', { name: 'Macros' }).click();
      await desk.getByText('sends its text').waitFor();
      await shoot(desk, `console-macro-${name}`);
      await desk.keyboard.press('Escape');
      await desk.keyboard.press('Control+k');
      await desk.getByText('Write a private note').waitFor();
      await shoot(desk, `console-palette-${name}`);
      await desk.keyboard.press('Escape');
      for (const [path, button] of [['products', 'Edit Aegean blue vase'], ['products', 'History of Aegean blue vase'], ['templates', 'Add a template'], ['widget', 'Change questions'], ['assistant', 'Make a version'], ['assistant/tools', 'Edit refund_order'], ['assistant/versions', 'Compare version 3 with the one in use'], ['teams', 'Add a team'], ['macros', 'Add a macro'], ['rules', 'Add a rule'], ['workspace', 'Change targets'], ['workspace', 'Add a holiday']]) {
        await desk.goto(`http://localhost:5182/console/settings/${path}`);
        await desk.getByRole('button', { name: button }).click();
        if (path === 'rules') {
          await desk.getByRole('button', { name: 'Try it' }).click();
          await desk.getByText('Nothing was done').waitFor();
        }
        await shoot(desk, `console-${button.toLowerCase().replaceAll(' ', '-')}-${name}`);
      }
      await desk.context().close();
    }
  }
} finally {
  await browser.close();
  for (const server of servers) server.kill();
}
console.log(problems === 0 ? 'No findings.' : `${problems} findings.`);
process.exitCode = problems === 0 ? 0 : 1;
