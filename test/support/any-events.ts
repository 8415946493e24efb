import fc from 'fast-check';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import type { Json } from '../../libs/kernel/index.ts';

const uuid = fc.uuid();
/** Time as the forum writes it, near others, from before 1970, and what only looks like one. */
const time = fc.oneof(
  fc.integer({ min: 1_764_000_000_000, max: 1_764_000_010_000 }).map((at) => new Date(at).toISOString()),
  fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
  fc.constantFrom('2015-02-30T10:00:00.000Z', '2015-10-06T10:00:00Z', '2026-11-26T12:42:41.41aZ', ''),
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom('', '\u0000', '\ud800', 'policy', 'import:disqus', 'ชุมชน', 'A'.repeat(127), 'ก'.repeat(43)),
  uuid,
  uuid.map((id) => id.toUpperCase()),
  time,
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 63, 64, 127, 128, 2 ** 45, 2 ** 45 + 1, 1e21),
);
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom('commentId', '7', '__proto__', ''), fc.string()), tie('value'), {
      maxKeys: 6,
    }),
  ),
})).value;
/** Data as most events have it, and any JSON. */
const data = fc.oneof(
  json,
  fc.record({
    commentId: uuid,
    postId: uuid,
    parentId: fc.option(uuid),
    depth: fc.nat(70),
    authorId: uuid,
    source: text,
  }),
);
const wellFormed = text.filter((one) => one.isWellFormed());
const stream = fc.oneof(
  uuid.map((id) => `comment-${id}`),
  fc.tuple(uuid, uuid).map(([comment, member]) => `reaction-${comment}-${member}`),
  uuid.map((id) => `import-disqus-${id}`),
  uuid.map((id) => `comment-${id.toUpperCase()}`),
  wellFormed.filter((name) => name !== ''),
);
const sealed = fc.option(fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)));

/** Events of streams of one event each, at positions from 1 on; some have ids that stand in them twice or more. */
export const anyEvents: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .uniqueArray(
    fc.record({
      id: uuid,
      stream,
      type: fc.oneof(fc.constantFrom('CommentPosted.v1', 'PostPublished.v1'), wellFormed),
      recordedAt: time,
      occurredAt: time,
      actor: wellFormed,
      correlationId: fc.oneof(uuid, wellFormed),
      causationId: fc.option(fc.oneof(uuid, wellFormed)),
      data,
      sealed,
      repeats: fc.boolean(),
    }),
    { selector: ({ stream: name }) => name, comparator: 'IsStrictlyEqual', maxLength: 20 },
  )
  .map((events) =>
    events.map(({ repeats, ...event }, place) => {
      const position = BigInt(place) + 1n;
      const whole: RecordedEvent = { ...event, position, revision: 0n, data: event.data };
      return repeats ? withRepeats(whole) : whole;
    }),
  );

/** The actor's id as a field, the event's own in the sealed part, as the vault writes it, and its own cause. */
function withRepeats(event: RecordedEvent): RecordedEvent {
  const own = Buffer.from(event.id.replaceAll('-', ''), 'hex');
  const sealed = Buffer.concat([Buffer.alloc(17, 2), own, event.sealed ?? Buffer.alloc(0)]);
  return {
    ...event,
    actor: event.correlationId,
    causationId: event.id,
    sealed,
    data: { by: event.actor, of: event.id },
  };
}
