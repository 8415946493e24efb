import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig, SETTINGS } from '../../src/config.ts';
import { composeFaults } from './compose-faults.ts';
import { askedOf, type ComposeFile, type ComposeService, filledIn, parseCompose, readCompose } from './compose-file.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const compose = readCompose(resolve(root, 'docker-compose.yml'));

const ofImage = (pattern: RegExp): readonly (readonly [string, ComposeService])[] =>
  Object.entries(compose.services).filter(([, { image }]) => pattern.test(image ?? ''));
const forums = ofImage(/^colloquy$/);
const cluster = ofImage(/kurrentdb:/).filter(([, { profiles }]) => profiles?.includes('cluster'));
const nodes = forums.filter(([, { profiles }]) => profiles?.includes('cluster'));

/** What `.env` holds, as docs/OPERATIONS.md tells. */
const ASKED = { KURRENTDB_PASSWORD: 'a-long-password', PUBLIC_URL: 'https://forum.example' };

describe('docker-compose.yml', () => {
  test('has no fault that a file can have', () => {
    expect(composeFaults(compose, root)).toEqual([]);
  });

  test('starts the forum alone unless a profile is named', () => {
    const started = Object.entries(compose.services).filter(([, { profiles }]) => profiles === undefined);
    expect(started.map(([name]) => name)).toEqual(['forum']);
  });

  test('needs no setting to be read, so that the forum alone starts without any', () => {
    const values = Object.values(compose.services).flatMap(({ environment = {} }) => Object.values(environment));
    expect(values.map((value) => filledIn(value, {})).filter((value) => value.includes('$'))).toEqual([]);
  });

  test('sets only what the forum knows', () => {
    const known = Object.values(SETTINGS).map(({ name }): string => name);
    const set = forums.flatMap(([, { environment = {} }]) => Object.keys(environment));
    expect(set.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('sets nothing that the forum would refuse', () => {
    const image = { HOST: '0.0.0.0', PORT: '3000', DATA_DIR: '/data' };
    for (const [, { environment = {} }] of forums) {
      const set = Object.entries(environment).map(([name, value]) => [name, filledIn(value, ASKED)]);
      expect(() => readConfig({ ...image, ...Object.fromEntries(set) })).not.toThrow();
    }
  });

  test('asks for nothing that docs/OPERATIONS.md does not name', () => {
    const docs = read('docs/OPERATIONS.md');
    expect(askedOf(read('docker-compose.yml')).filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
  });

  test('gives every forum the health check of its image', () => {
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK [^\n]*\\\n[^\n]*\/health\/ready/m);
    expect(forums.map(([name, { healthcheck }]) => ({ name, healthcheck }))).toEqual(
      ['forum', 'kurrentdb-forum', 'forum-1', 'forum-2', 'forum-3'].map((name) => ({ name, healthcheck: undefined })),
    );
  });
});

describe('the cluster', () => {
  test('has three KurrentDB nodes that look for the two others, each by its name and with its own certificate', () => {
    const names = ['kurrentdb-1', 'kurrentdb-2', 'kurrentdb-3'];
    expect(cluster.map(([name, { environment = {} }]) => ({ name, ...ownSettings(environment) }))).toEqual(
      names.map((name) => ({
        name,
        KURRENTDB_NODE_HOST_ADVERTISE_AS: name,
        KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: name,
        KURRENTDB_GOSSIP_SEED: names
          .filter((other) => other !== name)
          .map((other) => `${other}:2113`)
          .join(','),
        KURRENTDB_CERTIFICATE_FILE: `/certificates/${name}/node.crt`,
        KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE: `/certificates/${name}/node.key`,
      })),
    );
    expect(compose.services['certificates']?.command).toEqual(names);
    expect(cluster.map(([, { environment }]) => environment?.['KURRENTDB_CLUSTER_SIZE'])).toEqual(['3', '3', '3']);
  });

  test('has three forum nodes on all of its KurrentDB nodes, over TLS', () => {
    const addresses = nodes.map(([, { environment = {} }]) =>
      filledIn(environment['EVENT_STORE_URL'] ?? '', { KURRENTDB_PASSWORD: 'a-password' }),
    );
    const hosts = cluster.map(([name]) => `${name}:2113`).join(',');
    const address = `kurrentdb://admin:a-password@${hosts}?tls=true&tlsCaFile=/certificates/ca/ca.crt`;
    expect(addresses).toEqual([address, address, address]);
  });

  test('is reached by a balancer that asks each forum node whether it is ready', () => {
    const balanced = filledIn(compose.services['balancer']?.environment?.['FORUM_NODES'] ?? '', {});
    expect(balanced.split(' ')).toEqual(nodes.map(([name]) => `${name}:3000`));
    const caddyfile = read('deploy/caddy/Caddyfile');
    expect(caddyfile.split(`{$FORUM_NODES:${balanced}}`)).toHaveLength(3);
    expect(caddyfile).toMatch(/^\s+health_uri \/health\/ready$/m);
    expect(caddyfile).toMatch(/^\s+lb_policy ip_hash$/m);
  });
});

/** What differs from node to node. */
function ownSettings(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /_AS$|_SEED$|_FILE$/.test(name)));
}

describe('a fault in a Compose file is found', () => {
  const whole = `
    services:
      web: { image: 'web:1.2', restart: always, profiles: [p], ports: ['127.0.0.1:1:1'], healthcheck: { test: [CMD, ok] }, volumes: ['web:/data'] }
      job: { image: 'job:1.0', profiles: [p], depends_on: { web: { condition: service_healthy } } }
    volumes: { web: }`;
  const faultsIn = (text: string): readonly string[] => composeFaults(parseCompose(text) satisfies ComposeFile, root);

  test('none in one that has none', () => {
    expect(faultsIn(whole)).toEqual([]);
  });

  test.each([
    ['web:1.2', 'web:latest', 'web runs no particular version: web:latest'],
    ['restart: always', 'restrat: always', 'web has the unknown key restrat'],
    ['{ web: { condition', '{ wbe: { condition', 'job depends on wbe, which is no service'],
    [
      'restart: always, profiles: [p]',
      'restart: always, profiles: [q]',
      'job depends on web, which is not in its profile',
    ],
    ["'job:1.0', profiles: [p]", "'job:1.0'", 'job depends on web, which is not in its profile'],
    ['service_healthy', 'service_health', 'job waits for web by the unknown service_health'],
    ['service_healthy', 'service_completed_successfully', 'job waits for the end of web, which is started again'],
    ['healthcheck: { test: [CMD, ok] }', 'environment: {}', 'web tells no health'],
    ['web:/data', 'wbe:/data', 'web mounts wbe, which is not declared'],
    ['web:/data', './nowhere:/data', 'web mounts ./nowhere, which is not there'],
    ["'job:1.0',", "'job:1.0', volumes: ['web:/data'],", 'job keeps its data in web, as web does'],
    ["'job:1.0',", "'job:1.0', ports: ['127.0.0.1:1:9'],", 'job takes port 1, as web does'],
    ['127.0.0.1:1:1', '1:1', 'web opens 1:1 to all'],
    ["'job:1.0',", "'job:1.0', networks: [inner],", 'job joins inner, which is not declared'],
  ])('%s → %s', (from, to, fault) => {
    expect(faultsIn(whole.replace(from, to))).toContain(fault);
  });
});
