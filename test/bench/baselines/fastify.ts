/**
 * A bare Fastify: `node fastify.ts FILE`. POST /comments validates a comment's body by Fastify's own schema and answers
 * it; GET /thread sends the bytes of FILE from memory. Prints its address.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fastify from 'fastify';

const uuid = { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' };
const schema = {
  body: {
    type: 'object',
    required: ['body'],
    additionalProperties: false,
    properties: {
      id: uuid,
      parentId: { ...uuid, nullable: true },
      body: { type: 'string', minLength: 1, maxLength: 10_000 },
    },
  },
};

interface CommentBody {
  readonly id?: string;
  readonly parentId?: string | null;
  readonly body: string;
}

const bytes = readFileSync(process.argv[2] ?? '');
const author = { id: randomUUID(), handle: 'somebody', displayName: 'Somebody' };
const server = fastify();

server.post<{ Params: { postId: string }; Body: CommentBody }>(
  '/posts/:postId/comments',
  { schema },
  (request, reply) => {
    const { id = randomUUID(), parentId = null, body } = request.body;
    const createdAt = new Date().toISOString();
    const comment = {
      id,
      postId: request.params.postId,
      parentId,
      depth: 0,
      author,
      bodyHtml: body,
      body,
      status: 'visible',
    };
    const counts = { createdAt, editedAt: null, revision: 0, replyCount: 0, reactions: {}, position: '1' };
    void reply.code(201).send({ comment: { ...comment, ...counts }, position: '1' });
  },
);

server.get('/thread', (_request, reply) => {
  void reply.header('content-type', 'application/json; charset=utf-8').send(bytes);
});

process.stdout.write(`${await server.listen({ host: '127.0.0.1', port: 0 })}\n`);
