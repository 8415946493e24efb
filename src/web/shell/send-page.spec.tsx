import { afterEach, expect, it, jest } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { heapPace } from '../../../libs/heap-pace/index.ts';
import { sendHtml, sendPage } from './send-page.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

it('counts each page that is made for one reader, so that the heap of a server that makes many may grow', async () => {
  const small = jest.spyOn(heapPace, 'small');
  const sent: string[] = [];
  await sendPage(<p>one</p>, exchange(sent));
  await sendHtml('<p>two</p>', exchange(sent));
  expect(sent).toEqual(['<!doctype html><p>one</p>', '<!doctype html><p>two</p>']);
  expect(small).toHaveBeenCalledTimes(2);
});

function exchange(sent: string[]): { readonly request: FastifyRequest; readonly reply: FastifyReply } {
  const reply = {
    code: () => reply,
    header: () => reply,
    send: (bytes: Buffer) => sent.push(bytes.toString()),
  };
  return { request: { headers: {} } as FastifyRequest, reply: reply as unknown as FastifyReply };
}
