// What the first look at a page may weigh, compressed: scripts and styles that its first view needs, without fonts and
// pictures. The build fails over the budget. With `--json` it prints the same for programs, and fails over nothing.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const root = new URL('..', import.meta.url).pathname;
const weigh = (path) => gzipSync(readFileSync(path), { level: 9 }).length;

/** The page itself and what it names: its script, its styles and the parts that the script imports at once. */
function firstLoad(folder, base) {
  const page = `${root}${folder}/dist/index.html`;
  const named = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path]) => path);
  return [page, ...named.map((path) => `${root}${folder}/dist/${path.slice(base.length)}`)];
}

const budgets = [
  { name: 'widget', files: [`${root}widget/dist/widget.js`], most: 35_000 },
  { name: 'console', files: firstLoad('console', '/console/'), most: 250_000 },
];

const sizes = budgets.map(({ name, files, most }) => ({ name, most, size: files.reduce((all, file) => all + weigh(file), 0) }));
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(sizes));
  process.exit();
}

let over = false;
for (const { name, size, most } of sizes) {
  console.log(`${name}: ${(size / 1000).toFixed(1)} of ${most / 1000} kB`);
  if (size > most) {
    over = true;
    console.error(`The ${name}'s first load is over its budget: take something out, or load it on demand.`);
  }
}
if (over) process.exit(1);
