import type { ErrorCode } from '../../../../libs/kernel/index.ts';
import { ConsistencyQuery, InclusionQuery, ReceiptQuery } from '../dto/proofs.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type ProofRoute = Extract<
  ProgramRoute,
  `${string}/audit/${'checkpoint' | 'key' | 'proofs/' | 'tlog/'}${string}` | `${string}/receipt`
>;

const TEXT = ['text/plain'] as const;
const UNPROVEN: readonly ErrorCode[] = ['tree_mismatch', 'storage_unavailable'];

export const PROOF_ROUTE_DOCS: DocsOf<ProofRoute> = {
  'GET /api/v1/audit/checkpoint': {
    tag: 'audit',
    summary: 'A signed checkpoint (C2SP tlog-checkpoint) that covers every event acknowledged before',
    status: 200,
    forms: TEXT,
    refusals: UNPROVEN,
  },
  'GET /api/v1/audit/checkpoints': {
    tag: 'audit',
    summary: 'Checkpoints that were signed at intervals, newest first',
    status: 200,
    refusals: [],
  },
  'GET /api/v1/audit/key': {
    tag: 'audit',
    summary: 'The key that checkpoints are checked with, as a note verifier key',
    status: 200,
    forms: TEXT,
    refusals: ['storage_unavailable'],
  },
  'GET /api/v1/audit/keys': {
    tag: 'audit',
    summary: 'The keys that the log is and was signed with, newest first, each with the change that both keys signed',
    status: 200,
    refusals: ['storage_unavailable'],
  },
  'GET /api/v1/audit/proofs/inclusion': {
    tag: 'audit',
    summary: 'The proof (RFC 6962) that the event at a position stands in the log',
    query: InclusionQuery,
    status: 200,
    refusals: ['not_found', ...UNPROVEN],
  },
  'GET /api/v1/audit/proofs/consistency': {
    tag: 'audit',
    summary: 'The proof (RFC 6962) that the log of `to` events begins with the `from` events of before',
    query: ConsistencyQuery,
    status: 200,
    refusals: UNPROVEN,
  },
  'GET /api/v1/audit/tlog/checkpoint': {
    tag: 'audit',
    summary: 'The checkpoint, for clients of C2SP tlog-tiles, whose prefix is /api/v1/audit/tlog',
    status: 200,
    forms: TEXT,
    refusals: UNPROVEN,
  },
  'GET /api/v1/audit/tlog/tile/*': {
    tag: 'audit',
    summary:
      'A tile of hashes or a bundle of entries (C2SP tlog-tiles): tile/{L}/{N}, tile/entries/{N}, partial ones .p/{W}',
    status: 200,
    forms: ['application/octet-stream'],
    refusals: ['not_found', ...UNPROVEN],
  },
  'GET /api/v1/comments/:id/receipt': {
    tag: 'audit',
    summary: "A receipt for a comment's text (C2SP tlog-proof), the newest or that of a revision",
    query: ReceiptQuery,
    status: 200,
    forms: TEXT,
    refusals: ['comment_not_found', 'not_found', ...UNPROVEN],
  },
};
