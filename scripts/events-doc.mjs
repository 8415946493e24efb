/** Writes docs/EVENTS.md from the event catalogue; with `--check` it only tells (by its exit status) whether the file is current. */
import { readFileSync, writeFileSync } from 'node:fs';
import { EVENT_CATALOGUE, OLD_EVENTS } from '../src/domain/event-catalogue.ts';

const FILE = new URL('../docs/EVENTS.md', import.meta.url);

const HEAD = `# Events

Everything that the forum records, type by type. Made from the catalogues that stand beside the events' types, in \`src/domain/*/*.events.ts\`, by \`npm run docs:events\`: change it there.

An event has an envelope (\`id\`, \`stream\`, \`revision\`, \`position\`, \`type\`, \`recordedAt\`, \`occurredAt\`, \`actor\`, \`correlationId\`,
\`causationId\`), its \`data\`, which is plain JSON and stays for ever, and \`sealed\`, which holds what a person may ask to have erased:
encrypted with a key from the vault, and gone everywhere once that key is destroyed. A stored type never changes; a new meaning
gets a new version. \`test/golden-events\` holds one example of each, which never changes either.

\`actor\` is whoever did it: a member's id; \`policy\` where the moderation rules decided by themselves; \`import:<source>\` for what was
brought over; \`system\` for what the host's own shell or program did, which has no name among the members (an export or a change of
roles by \`colloquy\`, the secrets that nodes share).

A type's version is **current** when the forum writes it. Older versions stay in the log as they were written, and read as the version
after them ([adr 5](adr/0005-event-versions.md)).
`;

function render() {
  const types = Object.entries(EVENT_CATALOGUE);
  const contents = types.map(
    ([type, { sentence }]) => `| [${type}](#${anchor(type)}) | ${standing(type)} | ${sentence} |`,
  );
  const sections = types.map(([type, entry]) => section(type, entry));
  return `${HEAD}\n| type | version | what it says |\n| --- | --- | --- |\n${contents.join('\n')}\n\n${sections.join('\n')}`;
}

function section(type, { stream, sentence, data, personal }) {
  const streams = stream.split(', ').map((name) => `\`${name}\``);
  const rows = [
    ...Object.entries(data).map(([field, meaning]) => `| \`${field}\` | ${meaning} | |`),
    ...Object.entries(personal ?? {}).map(([field, meaning]) => `| \`${field}\` | ${meaning} | yes |`),
  ];
  const table = `| field | meaning | sealed |\n| --- | --- | --- |\n${rows.join('\n')}`;
  return `## ${type}\n\n${sentence}${older(type)}\n\n${streams.length === 1 ? 'Stream' : 'Streams'}: ${streams.join(', ')}\n\n${table}\n`;
}

function standing(type) {
  return OLD_EVENTS[type] === undefined ? 'current' : 'old';
}

function older(type) {
  const old = OLD_EVENTS[type];
  return old === undefined ? '' : ` Not written any more: it reads as [${old.readAs}](#${anchor(old.readAs)}).`;
}

/** As Markdown viewers make them from headings. */
function anchor(heading) {
  return heading.toLowerCase().replaceAll('.', '');
}

const text = render();
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error('docs/EVENTS.md is not what the event catalogue says; run: npm run docs:events');
  process.exitCode = 1;
}
