import { parseArgs } from 'node:util';
import { serveControl } from './control.ts';
import { startKurrentDbServer } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    dir: { type: 'string' },
    tls: { type: 'boolean', default: false },
    user: { type: 'string' },
    password: { type: 'string', default: '' },
    'control-port': { type: 'string' },
    faults: { type: 'string', default: '{}' },
    version: { type: 'string', default: '24.2' },
  },
});

if (values.dir === undefined) throw new Error('--dir is missing: where the log is kept');
if (values.version !== '23.10' && values.version !== '24.2') throw new Error('--version is 23.10 or 24.2');
const server = await startKurrentDbServer({
  dir: values.dir,
  port: Number(values.port),
  tls: values.tls,
  faults: JSON.parse(values.faults),
  version: values.version,
  ...(values.user === undefined ? {} : { credentials: { username: values.user, password: values.password } }),
});
const controlPort = values['control-port'];
const control = controlPort === undefined ? undefined : await serveControl(server.faults, Number(controlPort));
process.stdout.write(`listening on ${server.port}${control === undefined ? '' : ` control ${control.port}`}\n`);

process.once('SIGTERM', () => {
  control?.close();
  server.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
