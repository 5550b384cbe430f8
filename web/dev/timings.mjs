// How soon the pages of a running system are seen and can be used, in a browser that has nothing of them yet, and the inbox after a sign-in:
// `node dev/timings.mjs ADDRESS EMAIL PASSWORD ROUNDS`. One line of JSON: the medians in milliseconds.
import { chromium } from 'playwright-core';

const [address, email, password, rounds] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** From the beginning of the navigation until something is painted, and until what a person came for is there and takes his keys. */
async function look(path, usable, before) {
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  if (before) await before(page);
  await page.goto(path, { waitUntil: 'commit' });
  await usable(page);
  const times = await page.evaluate(async () => {
    const interactive = performance.now();
    const paints = () => performance.getEntriesByName('first-contentful-paint');
    while (paints().length === 0) await new Promise(requestAnimationFrame);
    return { paint: paints()[0].startTime, interactive, bytes: performance.getEntriesByType('resource').reduce((sum, { transferSize }) => sum + transferSize, 0) };
  });
  await context.close();
  return times;
}

const signIn = async (page) => {
  await page.goto('/console');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'All', exact: true }).waitFor();
};

const pages = {
  chat: () => look('/', (page) => page.getByLabel('Your message').focus()),
  'console, sign-in': () => look('/console', (page) => page.getByLabel('E-mail').focus()),
  'console, inbox': () => look('/console/inbox', (page) => page.getByRole('button', { name: 'All', exact: true }).focus(), signIn),
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const result = {};
for (const [name, measure] of Object.entries(pages)) {
  const seen = [];
  for (let round = 0; round < Number(rounds); round++) seen.push(await measure());
  result[name] = Object.fromEntries(['paint', 'interactive', 'bytes'].map((key) => [key, median(seen.map((times) => times[key]))]));
}
await browser.close();
console.log(JSON.stringify(result));
