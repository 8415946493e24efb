// Writes the bill of materials of what a forum needs to run (CycloneDX), from package-lock.json: dist/sbom.cdx.json, or the
// file that is named. npm makes it; what tells of this machine and moment goes, so that the same lock makes the same file.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? join(root, 'dist/sbom.cdx.json'));
const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** The packages of the lock that are not for development alone, as the bill names them. */
const needed = new Set(
  Object.entries(lock.packages).flatMap(([path, { name: own, version, dev }]) =>
    path === '' || dev === true ? [] : [`${own ?? path.split('node_modules/').at(-1)}@${version}`],
  ),
);
const bill = billOf();
bill.components = bill.components.filter((component) => needed.has(`${component.name}@${component.version}`));
const listed = new Set([bill.metadata.component, ...bill.components].map((component) => component['bom-ref']));
bill.dependencies = bill.dependencies
  .filter(({ ref }) => listed.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => listed.has(other)) }));
bill.metadata.component.name = name;
delete bill.metadata.timestamp;
for (const tool of bill.metadata.tools) delete tool.version;
for (const component of bill.components) {
  // Where a package came from is the business of whoever installs it, and may be a mirror of the house.
  component.externalReferences = component.externalReferences.filter(({ type }) => type !== 'distribution');
  component.licenses ??= licensesOf(component);
}
delete bill.serialNumber;
bill.serialNumber = serialOf(JSON.stringify(bill));
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify(bill, null, 1)}\n`);

/** Of all packages: with `--omit=dev` npm leaves out those that a package for development needs too. */
function billOf() {
  const words = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const cli = process.env.npm_execpath ?? '';
  const [program, args] = cli.endsWith('npm-cli.js') ? [process.execPath, [cli, ...words]] : ['npm', words];
  const shell = process.platform === 'win32' && program === 'npm';
  const made = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell });
  if (made.status !== 0) throw new Error(`npm sbom failed: ${made.error?.message ?? made.stderr}`);
  return JSON.parse(made.stdout);
}

/** Some packages state their licences in a form that the lock leaves out. */
function licensesOf({ name: wanted, version }) {
  const places = Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${wanted}`));
  const place = places.find((path) => lock.packages[path].version === version);
  const file = join(root, place ?? '', 'package.json');
  if (place === undefined || !existsSync(file)) return undefined;
  const { license, licenses = [] } = JSON.parse(readFileSync(file, 'utf8'));
  return [license, ...licenses].flatMap((one) => {
    const id = typeof one === 'string' ? one : one?.type;
    return id === undefined ? [] : [{ license: { id } }];
  });
}

/** A UUID of the contents (RFC 9562, version 8), in place of one by chance. */
function serialOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
