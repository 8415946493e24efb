import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Admission, LaneName } from '../../../access/admission/admission.ts';
import type { Pass, Source } from '../../../access/admission/lane.ts';
import { addressAsked, networkOf } from '../../../access/network.ts';
import { isForPrograms } from '../../../access/request.ts';

/** These bodies are read before the request takes a slot, so that slow senders take nobody's. */
const WITH_BODY: ReadonlySet<LaneName> = new Set(['writes', 'sign-ins']);

/**
 * Begins a request's work when there is room, and refuses it with DomainError overloaded when it has waited too long.
 * The slot is free again once the answer is made, whether its reader takes it or not.
 */
export function admit(server: FastifyInstance, admission: Admission): void {
  server.decorateRequest('pass', null);
  server.addHook('onRequest', (request, reply, done) => {
    const lane = laneOf(request);
    if (lane === null || WITH_BODY.has(lane)) return done();
    enter(lane, request, { close: reply.raw, done });
  });
  server.addHook('preValidation', (request, reply, done) => {
    const lane = laneOf(request);
    if (lane === null || !WITH_BODY.has(lane)) return done();
    enter(lane, request, { close: reply.raw, done });
  });
  server.addHook('onSend', (request, _reply, _payload, done) => {
    if (laneOf(request) !== 'exports') request.pass?.leave();
    done();
  });

  function enter(
    lane: LaneName,
    request: FastifyRequest,
    { close, done }: { readonly close: Source; readonly done: (refusal?: Error) => void },
  ): void {
    const begin = (pass: Pass): void => {
      request.pass = pass;
      close.once('close', () => pass.leave());
      done();
    };
    const entering = admission.enter(lane, close, networkOf(addressAsked(request)));
    if (entering instanceof Promise) void entering.then(begin, done);
    else begin(entering);
  }
}

/** An address without a route is answered with a page, too. */
function laneOf({ routeOptions, url }: FastifyRequest): LaneName | null {
  const { guard } = routeOptions.config;
  if (guard !== undefined) return guard.lane;
  return isForPrograms(url) ? 'reads' : 'pages';
}
