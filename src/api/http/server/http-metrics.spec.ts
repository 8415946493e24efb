import { expect, test } from '@jest/globals';
import fastify from 'fastify';
import { Admission } from '../../../access/admission/admission.ts';
import { Findings } from '../../../acts/auditing/findings.ts';
import { HttpMetrics } from './http-metrics.ts';

test('every request is counted at the next scrape, however many came since the last', async () => {
  const views = { position: () => 7n, state: () => [] };
  const metrics = new HttpMetrics({
    views,
    head: () => Promise.resolve(9n),
    sockets: { state: { open: 2, most: 9, refused: 1 } },
    admission: new Admission(1_000),
    waiting: null,
    mendedViews: () => 0,
    findings: new Findings(),
  });
  const server = fastify();
  metrics.watch(server);
  server.get('/things/:id', () => 'here');
  server.post('/things', (_request, reply) => reply.code(201).send(''));
  const counts = async (): Promise<readonly string[]> =>
    (await metrics.text())
      .split('\n')
      .filter((line) => /^colloquy_http_request_seconds_(count|bucket.*\+Inf)/.test(line));

  for (let count = 0; count < 600; count += 1) await server.inject(`/things/${count}`);
  await server.inject({ method: 'POST', url: '/things' });
  await server.inject('/nothing');

  const lines = [
    'colloquy_http_request_seconds_bucket{le="+Inf",method="GET",route="/things/:id",status="200"} 600',
    'colloquy_http_request_seconds_count{method="GET",route="/things/:id",status="200"} 600',
    'colloquy_http_request_seconds_bucket{le="+Inf",method="POST",route="/things",status="201"} 1',
    'colloquy_http_request_seconds_count{method="POST",route="/things",status="201"} 1',
    'colloquy_http_request_seconds_bucket{le="+Inf",method="GET",route="unknown",status="404"} 1',
    'colloquy_http_request_seconds_count{method="GET",route="unknown",status="404"} 1',
  ];
  expect(await counts()).toEqual(lines);
  await server.inject('/things/one-more');
  expect(await counts()).toEqual(lines.map((line) => line.replace(/600$/, '601')));
  await server.close();
});
