import { randomBytes } from 'node:crypto';
import { credentials } from '@grpc/grpc-js';
import { type EventData, KurrentDBClient } from '@kurrent/kurrentdb-client';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { NewEvent } from '../../../libs/event-store/index.ts';
import { newId } from '../sample.ts';

const SEALED = randomBytes(400);

/** As a posted comment makes it: 250 bytes of data, 400 bytes sealed. */
export function sampleEvent(): NewEvent {
  const [commentId, postId, actor] = [newId(), newId(), newId()];
  const data = { commentId, postId, parentId: null, rootId: commentId, depth: 0, authorId: actor, source: null };
  const envelope = { occurredAt: new Date().toISOString(), actor, correlationId: newId(), causationId: null };
  return { id: newId(), type: 'CommentPosted.v1', data, sealed: SEALED, ...envelope };
}

/** The same bytes, without an adapter. */
export function bareEvent(): EventData {
  const { id, type, data, occurredAt, actor, correlationId } = sampleEvent();
  const sealed = SEALED.toString('base64');
  const metadata = { id, occurredAt, actor, $correlationId: correlationId, sealed, append: newId() };
  return { id, type, contentType: 'application/json', data: { toJSON: () => data }, metadata };
}

export async function all(items: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const list: unknown[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Reads of bare grpc-js, since those of the client wait for acknowledgements. */
export function bareReader(port: number) {
  const grpc = new streamsService.StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return {
    read: (stream: string): Promise<readonly unknown[]> => {
      const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
      const options = new streams.ReadReq.Options()
        .setStream(new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier).setRevision('0'))
        .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()))
        .setNoFilter(new shared.Empty())
        .setCount('1000');
      return all(grpc.read(new streams.ReadReq().setOptions(options)));
    },
    close: (): void => grpc.close(),
  };
}

/**
 * The least that a comment asks of the database, one after the other: a read, an append, and the event from a subscription.
 * How long each took, in milliseconds.
 */
export async function bareComments(url: string, port: number, count: number): Promise<readonly number[]> {
  const client = KurrentDBClient.connectionString(url);
  const reader = bareReader(port);
  const known = `comment-${newId()}`;
  await client.appendToStream(known, bareEvent());
  const coming = client.subscribeToAll({ fromPosition: 'end' });
  await new Promise((resolve) => coming.once('confirmation', resolve));
  const events = coming[Symbol.asyncIterator]();
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const event = bareEvent();
    const started = performance.now();
    await reader.read(known);
    const appended = client.appendToStream(`comment-${newId()}`, event, { streamState: 'no_stream' });
    while ((await events.next()).value?.event?.id !== event.id);
    await appended;
    times.push(performance.now() - started);
  }
  await coming.unsubscribe();
  reader.close();
  await client.dispose();
  return times;
}
