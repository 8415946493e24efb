import type {
  ConsistencyAnswer,
  InclusionAnswer,
  LogKeyHistory,
  SignedCheckpoints,
} from '../../../../libs/client/index.ts';
import { integer, type JsonSchema, listOf, moment, nullable, object, type Properties, string } from './json-schema.ts';

const hash: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9+/]{43}=$', description: '32 bytes in base64' };
const checkpoint: JsonSchema = { type: 'string', description: 'A C2SP signed note' };

const inclusion: Properties<InclusionAnswer> = {
  index: integer,
  size: integer,
  leafHash: hash,
  hashes: listOf(hash),
  checkpoint,
};
const consistency: Properties<ConsistencyAnswer> = { from: integer, to: integer, hashes: listOf(hash) };
const checkpoints: Properties<SignedCheckpoints> = { items: listOf(object({ at: moment, checkpoint: string })) };

const keys: Properties<LogKeyHistory> = {
  items: listOf(object({ key: string, position: nullable(string), at: nullable(moment), note: nullable(checkpoint) })),
};

/** What is answered about the log itself, by name. */
export const PROOF_ANSWERS = {
  InclusionProof: object(inclusion),
  ConsistencyProof: object(consistency),
  SignedCheckpoints: object(checkpoints),
  LogKeyHistory: object(keys),
} as const satisfies Record<string, JsonSchema>;
